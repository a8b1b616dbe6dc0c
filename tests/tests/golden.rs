//! The goldens of the generator, compiled as users' builds compile them and without a warning, and run against upstreams in memory.
#![deny(warnings)]

macro_rules! golden {
    ($name:ident, $file:literal) => {
        // The lints are those that `include_bff!` allows.
        #[allow(
            clippy::all,
            clippy::pedantic,
            clippy::restriction,
            missing_docs,
            unreachable_pub,
            unused
        )]
        pub mod $name {
            include!(concat!("../../bff-codegen/tests/golden/", $file));
        }
    };
}
golden!(card, "card.rs");
golden!(values, "values.rs");
golden!(shapes, "shapes.rs");
golden!(calls, "calls.rs");
golden!(inputs, "inputs.rs");
