//! Macros of the bff framework. Use them through `bff_core`, which re-exports them.
mod function;
mod include;

use proc_macro::TokenStream;

/// Puts what the build script made of a `.bff` file here, as a module with the client's name.
///
/// ```ignore
/// bff_core::include_bff!("mobile");              // pub mod mobile { SERVICE, router(), … }
///
/// fn main() -> std::process::ExitCode {
///     bff_core::serve(&mobile::SERVICE).run()
/// }
/// ```
///
/// The crate needs a `build.rs` that calls `bff_codegen`; without one, or for a client that it did not make, the error says so.
#[proc_macro]
pub fn include_bff(input: TokenStream) -> TokenStream {
    let out_dir = std::env::var_os("OUT_DIR").map(Into::into);
    let expanded = syn::parse(input).and_then(|include| include::include(&include, out_dir));
    expanded.unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Marks a function that a spec calls: `extern fn initials(given: String): String = "crate::text::initials"`.
///
/// ```ignore
/// #[bff_core::function]
/// pub fn initials(given: &str) -> String { given.chars().take(1).collect() }
/// ```
///
/// The function stays as it is. What no `extern fn` can have (`async`, `self`, generics, `&String`, `&Vec<T>`, `&mut`) is refused with a
/// sentence that says what to write; the signature itself is compared with the declaration when the service compiles.
#[proc_macro_attribute]
pub fn function(_: TokenStream, item: TokenStream) -> TokenStream {
    let expanded = syn::parse(item.clone()).and_then(|parsed| function::function(&parsed));
    match expanded {
        Ok(tokens) => tokens.into(),
        // The function stays, so that nothing else complains that it is missing.
        Err(error) => {
            let mut tokens = item;
            tokens.extend(TokenStream::from(error.into_compile_error()));
            tokens
        }
    }
}
