//! The codes of resolution: what each means, in one line. Each has a page in `docs/errors`.

/// Code and title.
pub const CODES: &[(&str, &str)] = &[
    ("E0201", "a name that nothing has"),
    ("E0203", "an unknown setting"),
    ("E0204", "a name that is taken"),
    ("E0205", "a value that does not fit its setting"),
    ("E0206", "a setting written twice"),
    ("E0207", "a setting that is missing"),
    ("E0208", "an import that cannot be followed"),
    ("E0210", "a constraint that cannot hold"),
    ("E0211", "a field, parameter or value declared twice"),
    ("E0212", "a path parameter that does not match the path"),
    ("E0213", "routes that answer the same request"),
    ("E0214", "a type with the wrong number of arguments"),
    ("E0215", "a parameter that has no place in the request"),
    ("E0216", "a declaration in the wrong file"),
    ("E0217", "an input of a type that cannot be sent there"),
    ("E0218", "a body where there is none"),
    ("E0219", "a type that never ends"),
    ("E0315", "a map with a key that cannot be one"),
    ("E0316", "a union whose variants cannot be told apart"),
    ("E0430", "a path of Rust that is none"),
    ("E0431", "a type that does not pass through an extern function"),
    ("E0501", "a route without a decision about authentication"),
    ("E0901", "a construct that is not supported yet"),
];
