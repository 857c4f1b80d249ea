use super::ProblemKind;

impl ProblemKind {
    /// What a person can do about it, as a sentence without a full stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unreadable(_) | Self::Unwritable(_) => {
                "Check that the file is there, that its disk works and that you may read and \
                 change it"
            }
            Self::Unfaithful(_) => "Keep the file and report this fault",
            Self::Unsaved(_) => "See that there is room on the disk, then import again",
            Self::TextDiffers | Self::MetadataDiffers | Self::SetDiffers(_) => {
                "Compare the two by hand; what was there already was left as it is"
            }
            Self::TextUnfit => "Save the text as UTF-8 without odd control characters",
            Self::NotAnArticle => "Only files that end in .txt are articles",
            Self::NoProject => "Name a folder that has articles, or seeds, in it",
            Self::NotUtf8 { .. } => {
                "Look whether the article reads well; if it does, nothing need be done"
            }
            Self::NameNotUnicode | Self::NameUnfit | Self::NameTooLong(_) => "Rename the file",
            Self::NotAnAnnotator(_) | Self::AnnotatorNotUnicode => {
                "Rename the folder to a name that an annotator can have"
            }
            Self::NotRon(_) => {
                "Mend it at that line in a text editor, or get an earlier version from git or a \
                 backup; it was not changed"
            }
            Self::NewerFormat { .. } => "Use a newer Tandai to change it; this one only looks",
            Self::OtherDocument(_) => {
                "Move it to the place of the article it is about, or change the path in it"
            }
            Self::OtherAnnotator(_) => {
                "Move it into its annotator's folder, or change the name in it"
            }
            Self::DigestDiffers | Self::LengthDiffers { .. } => {
                "Open the article in Tandai as this annotator and press Z, or use `tandai reanchor`: \
                 they find the tags again in the new text; the set was not changed"
            }
            Self::SpansUnfit(_)
            | Self::QuoteUnfit(_)
            | Self::NoId
            | Self::QuoteDiffers { .. }
            | Self::Inconsistent(_)
            | Self::DecisionUnfit => {
                "It was changed by hand or by another program: mend that line, or get an earlier \
                 version from git or a backup; it was not changed"
            }
            Self::SchemaUnfit(_) | Self::ColourUnfit(_) => {
                "Mend annotations/schema.ron; until then the built-in schema serves"
            }
            Self::JournalUnkept(_) | Self::JournalDamaged(_) | Self::JournalUnknown => {
                "The sets are not concerned; .tandai can be deleted, which only forgets undo"
            }
            Self::LeftBehind { .. } => "Rename the sets as the articles are called now",
            Self::KeptApart { .. } => "Mark it up again in the new text, or take it from the copy",
            Self::Spoilt { .. } => "Put the copy in the file's place, or mend the file",
            Self::Unrecovered(_) => "See that there is room on the disk, then open it again",
            Self::InConflict(_) => "Open the article in Tandai and choose; P goes to each",
            Self::Adrift(_) => {
                "Open the article in Tandai and press Z; until they have a place they wait in the file"
            }
            Self::CaseTwin(_) => "Rename one of them",
            Self::NoArticle => {
                "Move it along if the article was renamed or moved; else it can be deleted"
            }
            Self::DecisionsWithout { .. } => {
                "If the article was renamed, put its new name in the place of the old one there"
            }
            Self::ArticleRenamed(_) => {
                "If the article was renamed, give the set the name of that one, and .ron behind it"
            }
            Self::OfEarlierText => {
                "Mark it up again in the new text, or take it from there; then it can be deleted"
            }
            Self::MadeWay => "Take from it what is still wanted; then it can be deleted",
            Self::Stray => "Look whether somebody still needs it; if not, it can be deleted",
            Self::NotAFile => "Put a file in its place",
            Self::LinkOut => "Put the folder itself where the link is",
            Self::FileInTheWay => "Move it elsewhere",
            Self::LinkInCircle => "Delete the link",
            Self::TooLarge { .. } => "Split it into smaller files",
        }
    }
}
