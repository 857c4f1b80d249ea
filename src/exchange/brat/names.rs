//! brat's types hold letters, digits, hyphens and low lines. What a name has besides
//! is written as its code, which is read back; `visual.conf` has the name for the eye.

/// The type that an empty name is, which no other name comes to.
const NAMELESS: &str = "_";

/// A name as a type.
pub(super) fn type_of(name: &str) -> String {
    if name.is_empty() {
        return NAMELESS.to_owned();
    }
    let mut out = String::new();
    for (at, c) in name.chars().enumerate() {
        let inner = at > 0;
        if c.is_ascii_alphanumeric()
            || (c == '-' && inner)
            || (c == '_' && inner && !name.contains("_u"))
        {
            out.push(c);
        } else {
            out.push_str(&format!("_u{:X}_", u32::from(c)));
        }
    }
    out
}

/// The name that a type was made of; other programs' types are their own names.
pub(super) fn name_of(kind: &str) -> String {
    if kind == NAMELESS {
        return String::new();
    }
    let mut name = String::new();
    let mut rest = kind;
    while let Some((before, coded)) = rest.split_once("_u") {
        let decoded = coded.split_once('_').and_then(|(digits, behind)| {
            let code = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(code)?, behind))
        });
        let Some((c, behind)) = decoded else { break };
        name.push_str(before);
        name.push(c);
        rest = behind;
    }
    name.push_str(rest);
    if type_of(&name) == kind { name } else { kind.to_owned() }
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
        let names = [
            "",
            "_",
            "-",
            "claim",
            "klaim utama",
            "klaim_utama",
            "klaim_u20_utama",
            "主張",
            "a:b",
            "a;b",
        ];
        let types: std::collections::BTreeSet<String> = names.map(type_of).into();
        assert_eq!(types.len(), names.len());
        assert!(!is_changed("attributed-to") && is_changed("主張"));
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        assert!(types.iter().all(|name| name.chars().all(fit)));
        assert_eq!(names.map(|name| name_of(&type_of(name))), names);
        assert_eq!(name_of("New_user"), "New_user");
    }
}
