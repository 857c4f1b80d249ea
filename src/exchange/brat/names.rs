//! brat's types hold letters, digits, hyphens and low lines. What a name has besides
//! is written as its code, and the name itself stands in `visual.conf`.

/// A name as a type.
pub(super) fn type_of(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '-' || (c == '_' && !name.contains("_u")) {
            out.push(c);
        } else {
            out.push_str(&format!("_u{:X}_", u32::from(c)));
        }
    }
    out
}

/// Whether a name has to be written otherwise.
pub(super) fn is_changed(name: &str) -> bool {
    type_of(name) != name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_names_are_different_types() {
        let names = ["claim", "klaim utama", "klaim_utama", "klaim_u20_utama", "主張", "a:b", "a;b"];
        let types: std::collections::BTreeSet<String> = names.map(type_of).into();
        assert_eq!(types.len(), names.len());
        assert!(!is_changed("attributed-to") && is_changed("主張"));
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        assert!(types.iter().all(|name| name.chars().all(fit)));
    }
}
