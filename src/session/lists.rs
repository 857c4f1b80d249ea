//! The list below the article.

use super::effect::Effect;
use super::state::Session;
use crate::text::Direction;

/// What the list below the article shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Listing {
    /// What a search found.
    Hits,
    /// Remarks on annotations.
    Remarks,
    /// What annotators who are compared say.
    Cases,
    /// All annotations.
    Table,
}

impl Session {
    /// What the list below the article shows; `None` while it is hidden.
    pub fn listing(&self) -> Option<Listing> {
        self.listing
    }

    /// The number of rows in the list, and the row that the person is at.
    pub fn list_place(&self) -> (usize, Option<usize>) {
        match self.listing {
            Some(Listing::Hits) => {
                let Some(search) = &self.search else { return (0, None) };
                let at = search.at.and_then(|at| search.shown.binary_search(&at).ok());
                (search.shown.len(), at)
            }
            Some(Listing::Remarks) => {
                let Some(remarks) = &self.remarks else { return (0, None) };
                (remarks.rows.len(), remarks.at)
            }
            Some(Listing::Cases) => self.case_place(),
            Some(Listing::Table) => self.table_place(),
            None => (0, None),
        }
    }

    /// Another number, another order of the rows in the list.
    pub fn list_version(&self) -> u64 {
        match (self.listing, &self.table) {
            (Some(Listing::Table), Some(table)) => table.arranged,
            _ => 0,
        }
    }

    /// Goes to a row; with `open`, to its place in its article.
    pub(super) fn go_to_row(&mut self, row: usize, open: bool) {
        match self.listing {
            Some(Listing::Hits) => {
                let hit = self.search.as_ref().and_then(|search| search.shown.get(row).copied());
                match hit {
                    Some(hit) if open => self.go_to_hit(hit),
                    Some(hit) => self.walk_to_hit(hit),
                    None => {}
                }
            }
            Some(Listing::Remarks) => self.go_to_remark(row, open),
            Some(Listing::Cases) => self.go_to_case(row, open),
            Some(Listing::Table) => self.go_to_table_line(row, open),
            None => {}
        }
    }

    /// The row that one begins with, where one is at none; `None` where that is not known
    /// yet, or comes by itself: in the table one is at what one came from as soon as that is
    /// there.
    pub fn first_row(&self) -> Option<usize> {
        match self.listing? {
            Listing::Table => None,
            Listing::Cases => self.first_case(),
            Listing::Hits | Listing::Remarks => Some(0),
        }
    }

    /// Goes to the next row, or the one before.
    pub(super) fn walk_list(&mut self, direction: Direction) {
        let (count, at) = self.list_place();
        let to = match (at, direction) {
            (None, _) => 0,
            (Some(at), Direction::On) => (at + 1).min(count.saturating_sub(1)),
            (Some(at), Direction::Back) => at.saturating_sub(1),
        };
        self.go_to_row(to, false);
    }

    pub(super) fn toggle_list(&mut self) {
        if let Some(shown) = self.listing.take() {
            self.last_listing = Some(shown);
            self.effects.push(Effect::FocusArticle);
            return;
        }
        self.listing = match (&self.search, &self.remarks) {
            _ if self.last_listing == Some(Listing::Table) && self.table.is_some() => {
                Some(Listing::Table)
            }
            _ if self.comparing.is_some() => Some(Listing::Cases),
            (Some(search), _) if search.everywhere => Some(Listing::Hits),
            (_, Some(_)) => Some(Listing::Remarks),
            _ if self.table.is_some() => Some(Listing::Table),
            _ => None,
        };
        self.effects.push(Effect::FocusList);
    }

    /// Whether there is a list that could be shown.
    pub(super) fn has_list(&self) -> bool {
        self.listing.is_some()
            || self.comparing.is_some()
            || self.table.is_some()
            || self.remarks.is_some()
            || self.search.as_ref().is_some_and(|search| search.everywhere)
    }
}
