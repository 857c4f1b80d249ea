use std::collections::BTreeSet;
use std::sync::Arc;

/// Names of which there are few and each is used often, each held once.
#[derive(Default, Debug)]
pub struct SharedNames(BTreeSet<Arc<str>>);

impl SharedNames {
    /// The name as all share it.
    pub fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let name: Arc<str> = name.into();
        self.0.insert(name.clone());
        name
    }
}
