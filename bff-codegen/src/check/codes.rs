//! The codes of checking: what each means, in one line. Each has a page in `docs/errors`.

/// Code and title.
pub const CODES: &[(&str, &str)] = &[
    (
        "E0202",
        "a field, parameter, method or value that something does not have",
    ),
    ("E0301", "a value that may be null where one is needed"),
    ("E0302", "a value of another type than its place"),
    ("E0303", "a match that does not cover all values"),
    ("E0304", "a fallback that does not fit its call"),
    ("E0305", "a key written twice"),
    ("E0307", "a spread of what cannot be spread"),
    ("E0308", "an operator or method that does not work on a type"),
    ("E0309", "something that is not a value here"),
    ("E0310", "values without a type in common"),
    ("E0311", "a constant that cannot be"),
    ("E0312", "arguments that do not match the parameters"),
    ("E0313", "reading a part of what has none"),
    ("E0314", "a fragment that contains itself"),
    ("E0401", "a change of state where only reading is allowed"),
    ("E0402", "a name used above its line"),
    ("E0404", "a fallback on a cache that is not there"),
    ("E0405", "a call whose result is never used"),
    ("E0406", "a call that may outlive its route"),
    ("E0407", "a route above its limits"),
    ("E0408", "an answer that cannot be given"),
    ("E0409", "a kind of failure that does not exist"),
    ("E0420", "a stream that is not used exactly once"),
    ("E0422", "a proxy route that does something else, too"),
    ("W0309", "a test of what cannot be null"),
    ("W0310", "something that is never reached"),
];
