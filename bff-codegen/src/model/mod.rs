//! What the files declare: names, types, upstreams, the client and its routes, resolved but not yet type-checked.

pub mod types;
