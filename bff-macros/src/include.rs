//! `include_bff!("mobile")`: the generated file of one client, as a module.
use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Result};

/// The argument: the name of a client, which is also the name of the module and of the generated file.
pub(crate) struct Include {
    client: LitStr,
}

impl Parse for Include {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let client = input.parse();
        let client = client
            .map_err(|error| Error::new(error.span(), "expected the name of a client: include_bff!(\"mobile\")"))?;
        Ok(Self { client })
    }
}

/// The module. `out_dir` is where the build script of the crate writes, if it has one.
pub(crate) fn include(include: &Include, out_dir: Option<PathBuf>) -> Result<TokenStream> {
    let client = module_name(&include.client)?;
    let explain = |text: String| Error::new(include.client.span(), text);
    let out_dir = out_dir.ok_or_else(|| {
        explain("include_bff! needs a build script: a `build.rs` beside Cargo.toml that calls `bff_codegen`".into())
    })?;
    if !out_dir.join(format!("{client}.rs")).is_file() {
        return Err(explain(format!(
            "the build script made no client `{client}`: no `.bff` file that it was given declares one"
        )));
    }
    let service = module(&client, &format!("/{client}.rs"));
    let tests_file = format!("{client}_tests.rs");
    let tests = out_dir.join(&tests_file).is_file().then(|| {
        let tests = module(&format_ident!("{client}_tests"), &format!("/{tests_file}"));
        quote!(#[cfg(test)] #tests)
    });
    Ok(quote!(#service #tests))
}

/// A module around a generated file. The lints of the crate are about what people write.
fn module(name: &Ident, file: &str) -> TokenStream {
    quote! {
        #[allow(clippy::all, clippy::pedantic, clippy::restriction, missing_docs, unreachable_pub, unused)]
        pub mod #name {
            include!(concat!(env!("OUT_DIR"), #file));
        }
    }
}

fn module_name(client: &LitStr) -> Result<Ident> {
    let name: Ident = client.parse().map_err(|_| {
        let text = format!(
            "`{}` cannot be the name of a module; write the name that follows `client` in the .bff file",
            client.value()
        );
        Error::new(client.span(), text)
    })?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use syn::parse_quote;

    /// A directory of its own for one test, with these empty files in it.
    fn out_dir(test: &str, files: &[&str]) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("bff-macros-{test}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for file in files {
            fs::write(dir.join(file), "").unwrap();
        }
        dir
    }

    fn modules(tokens: TokenStream) -> Vec<String> {
        let file: syn::File = syn::parse2(tokens).unwrap();
        let names = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        names.collect()
    }

    fn message(result: Result<TokenStream>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_client_becomes_a_module_and_its_tests_another_if_there_are_any() {
        let dir = out_dir("module", &["mobile.rs", "web.rs", "web_tests.rs"]);
        assert_eq!(
            modules(include(&parse_quote!("mobile"), Some(dir.clone())).unwrap()),
            ["mobile"]
        );
        assert_eq!(
            modules(include(&parse_quote!("web"), Some(dir)).unwrap()),
            ["web", "web_tests"]
        );
    }

    #[test]
    fn a_client_that_was_not_made_is_named() {
        let dir = out_dir("missing", &[]);
        assert!(message(include(&parse_quote!("mobil"), Some(dir))).contains("no client `mobil`"));
    }

    #[test]
    fn a_name_that_is_no_module_is_refused_before_any_file_is_looked_for() {
        for name in ["", "web-shop", "mobile.bff", "type", "../mobile"] {
            let client = LitStr::new(name, proc_macro2::Span::call_site());
            assert!(
                message(include(&Include { client }, None)).contains("cannot be the name of a module"),
                "{name}"
            );
        }
    }
}
