//! Exports and imports, carried out: projects on one side, formats on the other.
