//! What the compiler shows when a macro is used wrongly.

#[test]
fn wrong_uses_are_explained_at_the_right_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
