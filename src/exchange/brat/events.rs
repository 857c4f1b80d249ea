//! Events: words that tell of something, and who plays which role in it.

use crate::exchange::incoming::{IncomingRelation, Place};
use crate::exchange::mapping::Mapping;

/// More pairs than any event that a person marked has.
const MOST_PAIRS: usize = 10_000;

/// One event.
pub(super) struct Event {
    place: Place,
    pub(super) id: String,
    kind: String,
    /// The annotation of the words that tell of it.
    pub(super) trigger: String,
    /// Roles, without the numbers that tell several of one kind apart, and who plays them.
    arguments: Vec<(String, String)>,
}

impl Event {
    /// Reads `TYPE:T3 Role:T1 Role2:E2`.
    pub(super) fn parse(id: &str, data: &str, place: &Place) -> Result<Self, String> {
        let mut pairs = data.split_ascii_whitespace().map(|word| {
            word.split_once(':').ok_or_else(|| format!("\u{201c}{word}\u{201d} has no colon in it"))
        });
        let (kind, trigger) = pairs.next().ok_or("it has no type and no trigger")??;
        let arguments: Result<Vec<_>, String> = pairs
            .map(|pair| {
                let (role, who) = pair?;
                let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
                Ok((role.to_owned(), who.to_owned()))
            })
            .collect();
        Ok(Self {
            place: place.clone(),
            id: id.to_owned(),
            kind: kind.to_owned(),
            trigger: trigger.to_owned(),
            arguments: arguments?,
        })
    }

    fn players<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a String> {
        self.arguments.iter().filter(move |(played, _)| played == role).map(|(_, who)| who)
    }
}

/// The relations that events come to: where the map knows the event, one for each pair
/// of the two roles; otherwise one for each role, from the trigger.
pub(super) fn relations_of(
    events: &[Event],
    mapping: &Mapping,
    name: &dyn Fn(&str) -> String,
) -> Vec<IncomingRelation> {
    let mut relations = Vec::new();
    for event in events {
        let mut push = |label: &str, from: &str, to: &str| {
            relations.push(IncomingRelation {
                place: event.place.clone(),
                id: None,
                label: label.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
            });
        };
        let known = mapping.events.get(&name(&event.kind));
        let mapped = known.filter(|known| {
            let pairs = event.players(&known.from).count() * event.players(&known.to).count();
            (1..=MOST_PAIRS).contains(&pairs)
        });
        for (role, who) in &event.arguments {
            if mapped.is_none_or(|known| *role != known.from && *role != known.to) {
                push(role, &event.trigger, who);
            }
        }
        let Some(known) = mapped else { continue };
        for from in event.players(&known.from) {
            for to in event.players(&known.to) {
                push(&known.relation, from, to);
            }
        }
    }
    relations
}
