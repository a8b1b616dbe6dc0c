//! Macros of the bff framework. Use them through `bff_core`, which re-exports them.
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
