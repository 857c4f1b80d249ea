//! A reviewer's page for others: how far annotators agree, and what is still open.
//! Whole in one file, to be read, printed and sent.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::xml;
use crate::corpus::{Annotator, Rgb, Schema};
use crate::review::{
    ALL_PAIRS, Agreement, CaseRow, Figure, LeftOut, Measure, Saying, Score, Voice,
    WhatMeasured as What, Whose,
};

/// The most open differences that are written out; how many there are more is said.
const CASES: usize = 5_000;
/// The most articles in the plot and the table of articles.
const ARTICLES: usize = 2_000;
/// The most labels in the rows and columns of a table of confusions.
const LABELS: usize = 30;

/// What a page is made from.
pub struct Handover<'a> {
    /// How far annotators agree.
    pub agreement: &'a Agreement,
    /// Who hands it over, if that is known.
    pub reviewer: Option<&'a Annotator>,
    /// What can be said in the project.
    pub schema: &'a Schema,
}

impl Handover<'_> {
    /// The page, with the cases that are open. The same input gives the same bytes.
    #[must_use]
    pub fn page(&self, open: &[CaseRow]) -> String {
        let names = in_words(self.agreement.annotators());
        let title = format!("Agreement of {names}");
        let mut out = format!(
            "<!DOCTYPE html><!-- A report by Tandai -->\n<html lang=\"en\"><head>\
             <meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>\n\
             <style>\n{STYLE}</style></head><body><main>\n<h1>{0}</h1>\n",
            xml(&title)
        );
        self.summary(open.len(), &mut out);
        for (at, (one, other)) in self.agreement.pairs().into_iter().enumerate() {
            let title = format!("{one} and {other}");
            self.figures(Whose::Pair(at), &title, &mut out);
            self.confusion(at, (one, other), &mut out);
        }
        if self.agreement.pairs().len() > 1 {
            self.figures(Whose::Everyone, ALL_PAIRS, &mut out);
        }
        self.articles(&mut out);
        self.open(open, &mut out);
        out.push_str("</main></body></html>\n");
        out
    }

    fn summary(&self, open: usize, out: &mut String) {
        let agreement = self.agreement;
        let reviewer = self.reviewer.map(|reviewer| format!("By {}. ", xml(reviewer.as_str())));
        let reviewer = reviewer.unwrap_or_default();
        let left_out = |count: usize, why: &str| match count {
            0 => String::new(),
            1 => format!("; 1 article is left out, which {why}"),
            count => format!("; {count} articles are left out, which {why}"),
        };
        let LeftOut { not_begun, unreadable } = agreement.left_out();
        let not_begun = left_out(not_begun, "not everyone has begun");
        let unreadable = left_out(unreadable, "could not be read, or a set about it");
        let _ = writeln!(
            out,
            "<p>{reviewer}Articles: {}. Tokens: {}{not_begun}{unreadable}. Open differences: {open}.</p>",
            agreement.documents(),
            agreement.tokens(),
        );
        out.push_str(
            "<p class=\"small\">F1 counts annotations with the same label: with the same edges, with \
             at least one character in common (each taken once), and by characters. Kappa (Cohen) \
             and alpha (Krippendorff) are of tokens and allow for chance; u-alpha is of \
             characters. Intervals: 95 of 100 draws of articles lie in them. n/a: not \
             defined.</p>\n",
        );
    }

    fn figures(&self, whose: Whose, title: &str, out: &mut String) {
        let measures = Measure::OF_LABELS;
        let _ = write!(out, "<h2>{}</h2>\n<table class=\"figures\"><tr><th></th>", xml(title));
        if let Whose::Pair(_) = whose {
            out.push_str("<th>alike of each</th>");
        }
        for (name, _) in measures {
            let _ = write!(out, "<th>{name}</th>");
        }
        out.push_str("</tr>\n");
        let labels = self.agreement.labels().iter();
        let labels = labels.map(|label| (self.tag(label), What::Label(label.clone())));
        let rows = std::iter::once(("all".to_owned(), What::All)).chain(labels);
        for (name, what) in rows {
            let _ = write!(out, "<tr><th>{name}</th>");
            if let Whose::Pair(at) = whose {
                let [both, first, second] = self.agreement.counts(Measure::Exact, at, &what);
                let _ = write!(out, "<td>{both} of {first}, {second}</td>");
            }
            for (_, measure) in measures {
                let score = Score { measure, whose, what: what.clone() };
                out.push_str(&cell(self.agreement.figure(&score)));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n");
        let score = |what| Score { measure: Measure::Relations, whose, what };
        let all = self.agreement.figure(&score(What::All));
        let _ = write!(out, "<p>Links: F1 {all}");
        for label in self.agreement.relations() {
            let figure = self.agreement.figure(&score(What::Label(label.clone())));
            if figure.value.is_some() {
                let _ = write!(out, "; {} {}", xml(label), figure);
            }
        }
        out.push_str("</p>\n");
    }

    fn confusion(&self, pair: usize, (one, other): (&Annotator, &Annotator), out: &mut String) {
        let cells = self.agreement.confusion(pair);
        if cells.is_empty() {
            return;
        }
        let counts: BTreeMap<(Option<&str>, Option<&str>), u64> = cells
            .iter()
            .map(|cell| ((cell.first.as_deref(), cell.second.as_deref()), cell.count))
            .collect();
        let labels = self.agreement.labels().iter().map(|label| Some(&**label));
        let all: Vec<Option<&str>> = labels.take(LABELS).chain([None]).collect();
        let most = counts.values().max().copied().unwrap_or(1) as f64;
        let name = |label: Option<&str>| {
            label.map_or_else(|| "nothing".to_owned(), |label| self.tag(label))
        };
        let _ = write!(
            out,
            "<h3>What {0} (rows) and {1} (columns) call the same thing</h3>\n\
             <table class=\"confusion\"><tr><th></th>",
            xml(one.as_str()),
            xml(other.as_str())
        );
        for label in &all {
            let _ = write!(out, "<th>{}</th>", name(*label));
        }
        out.push_str("</tr>\n");
        for row in &all {
            let _ = write!(out, "<tr><th>{}</th>", name(*row));
            for column in &all {
                let count = counts.get(&(*row, *column)).copied().unwrap_or_default();
                let shade = count as f64 / most * 0.5;
                let words = if count == 0 { String::new() } else { count.to_string() };
                let _ = write!(
                    out,
                    "<td style=\"background:rgba(120,110,90,{shade:.2})\">{words}</td>"
                );
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n");
        if let Some(more @ 1..) = self.agreement.labels().len().checked_sub(LABELS) {
            let _ =
                writeln!(out, "<p class=\"small\">Labels that are not in this table: {more}.</p>");
        }
    }

    /// A plot of the articles, and a table of them, those that differ most first.
    fn articles(&self, out: &mut String) {
        let mut all = self.agreement.by_document(Whose::Everyone);
        all.retain(|(_, exact, overlap)| exact.is_some() || overlap.is_some());
        if all.is_empty() {
            return;
        }
        all.sort_by(|one, other| {
            let key = |figure: Option<f64>| figure.unwrap_or(1.0);
            key(one.1).total_cmp(&key(other.1)).then_with(|| one.0.cmp(other.0))
        });
        let more = all.len().saturating_sub(ARTICLES);
        all.truncate(ARTICLES);
        out.push_str("<h2>By article</h2>\n");
        let (width, height) = (640.0, 160.0);
        let _ = writeln!(
            out,
            "<svg viewBox=\"-30 -10 690 200\" role=\"img\" aria-label=\"F1 of each article\">"
        );
        for (share, words) in [(0.0, "0"), (0.5, "0.5"), (1.0, "1")] {
            let y = height * (1.0 - share);
            let _ = writeln!(
                out,
                "<line x1=\"0\" x2=\"{width}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#e3ded2\"/>\
                 <text x=\"-8\" y=\"{}\" text-anchor=\"end\">{words}</text>",
                y + 4.0
            );
        }
        let step = width / all.len() as f64;
        for (at, (document, exact, overlap)) in all.iter().enumerate() {
            let x = (at as f64 + 0.5) * step;
            for (figure, colour) in
                [(overlap, "fill=\"none\" stroke=\"#a8690a\""), (exact, "fill=\"#2f6db5\"")]
            {
                let Some(value) = figure else { continue };
                let _ = writeln!(
                    out,
                    "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"3\" {colour}><title>{}: {value:.3}\
                     </title></circle>",
                    height * (1.0 - value),
                    xml(document.as_str())
                );
            }
        }
        out.push_str(
            "<text x=\"0\" y=\"185\"><tspan fill=\"#2f6db5\">● F1 exact</tspan> \
             <tspan fill=\"#a8690a\" dx=\"12\">○ F1 overlap</tspan></text></svg>\n<table>\
             <tr><th>Article</th><th>F1 exact</th><th>F1 overlap</th></tr>\n",
        );
        for (document, exact, overlap) in &all {
            let bare = |value: &Option<f64>| Figure { value: *value, interval: None };
            let _ = writeln!(
                out,
                "<tr><td>{}</td>{}{}</tr>",
                xml(document.as_str()),
                cell(bare(exact)),
                cell(bare(overlap))
            );
        }
        out.push_str("</table>\n");
        if more > 0 {
            let _ = writeln!(out, "<p>{more} more, which agree better, are left out.</p>");
        }
    }

    fn open(&self, open: &[CaseRow], out: &mut String) {
        let _ = writeln!(out, "<h2>Open differences · {}</h2>", open.len());
        let mut document = None;
        for row in open.iter().take(CASES) {
            if document != Some(&row.document) {
                if document.is_some() {
                    out.push_str("</table>\n");
                }
                document = Some(&row.document);
                let _ =
                    write!(out, "<h3>{}</h3>\n<table><tr><th></th>", xml(row.document.as_str()));
                for annotator in self.agreement.annotators() {
                    let _ = write!(out, "<th>{}</th>", xml(annotator.as_str()));
                }
                out.push_str("</tr>\n");
            }
            let _ = write!(
                out,
                "<tr><th>{}<br><small>{}–{}</small></th>",
                row.kind.title(),
                row.at.start.get(),
                row.at.end.get()
            );
            for voice in &row.said {
                let words = match voice {
                    Voice::Says(saying) => self.saying(saying),
                    Voice::Nothing => "–".to_owned(),
                    Voice::NothingYet(1) => "–, 1 tag waits".to_owned(),
                    Voice::NothingYet(waiting) => format!("–, {waiting} tags wait"),
                    Voice::Absent => "not begun".to_owned(),
                };
                let _ = write!(out, "<td dir=\"auto\">{words}</td>");
            }
            out.push_str("</tr>\n");
        }
        if document.is_some() {
            out.push_str("</table>\n");
        }
        if open.len() > CASES {
            let _ = writeln!(out, "<p>{} more are left out.</p>", open.len() - CASES);
        }
    }

    fn saying(&self, saying: &Saying) -> String {
        let values = match saying.values.as_str() {
            "" => String::new(),
            values => format!("<br><small>{}</small>", xml(values)),
        };
        format!("{} {}{values}", self.tag(&saying.label), xml(&saying.quote))
    }

    /// A label on its colour.
    fn tag(&self, label: &str) -> String {
        let colour = self.schema.label(label).map(|label| label.light);
        let Some(Rgb(red, green, blue)) = colour else { return xml(label).into_owned() };
        format!(
            "<span class=\"tag\" style=\"border-color:rgb({red},{green},{blue})\">{}</span>",
            xml(label)
        )
    }
}

fn in_words(annotators: &[Annotator]) -> String {
    let names: Vec<&str> = annotators.iter().map(Annotator::as_str).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(", "),
    }
}

/// A figure with a bar as long as it is good.
fn cell(figure: Figure) -> String {
    let Some(value) = figure.value else { return "<td>n/a</td>".to_owned() };
    let share = (value * 100.0).clamp(0.0, 100.0);
    let interval = figure.interval_words().map(|words| format!("<small>{words}</small>"));
    format!(
        "<td><i style=\"width:{share:.0}%\"></i>{} {}</td>",
        figure.value_words(),
        interval.unwrap_or_default()
    )
}

const STYLE: &str = "\
body{margin:0;background:#fbf9f4;color:#23211d;font:15px/1.5 Inter,'Segoe UI',sans-serif}
main{max-width:60rem;margin:3rem auto;padding:0 1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem}h3{font-size:1rem;margin-top:1.6rem}
.small,small{font-size:.8rem;color:#635e54}table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600;vertical-align:top}td,th{padding:.25rem .7rem .25rem 0;border-bottom:1px solid #e3ded2}
td{vertical-align:top;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
td i{display:block;height:3px;background:#7b756a;border-radius:2px}
.confusion{width:auto}.confusion td{text-align:right;padding:.25rem .7rem}
.tag{border-bottom:3px solid}svg{width:100%;height:auto;font-size:11px}
@media print{body{background:#fff}main{margin:0;max-width:none}tr{break-inside:avoid}}
";
