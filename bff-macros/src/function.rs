//! `#[function]`: a Rust function that a spec calls. Leaves it alone, and refuses what no `extern fn` can have.
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Error, FnArg, ItemFn, Pat, Result, ReturnType, Type, TypeReference};

/// The function as it is, or all that is wrong with its signature.
pub(crate) fn function(item: &ItemFn) -> Result<TokenStream> {
    let mut problems = Vec::new();
    let signature = &item.sig;
    if let Some(word) = &signature.asyncness {
        problems.push(Error::new(
            word.span(),
            "an extern function runs inline and cannot wait: remove `async`; what waits is an upstream",
        ));
    }
    if let syn::Safety::Unsafe(word) = &signature.safety {
        problems.push(Error::new(
            word.span(),
            "an extern function is called as it is: it cannot be `unsafe`",
        ));
    }
    let generics = signature
        .generics
        .params
        .iter()
        .filter(|it| !matches!(it, syn::GenericParam::Lifetime(_)));
    for generic in generics {
        problems.push(Error::new(
            generic.span(),
            "an extern function has the types of its declaration: write them in place of the generic",
        ));
    }
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => problems.push(Error::new(
                receiver.span(),
                "an extern function belongs to no value: make it a plain function, without `self`",
            )),
            FnArg::Typed(typed) => {
                if let Some(message) = wrong_argument(&typed.ty) {
                    let name = match &*typed.pat {
                        Pat::Ident(name) => format!("`{}`: ", name.ident),
                        _ => String::new(),
                    };
                    problems.push(Error::new(typed.ty.span(), format!("{name}{message}")));
                }
            }
        }
    }
    if let ReturnType::Type(_, ty) = &signature.output {
        if let Some(message) = wrong_result(ty) {
            problems.push(Error::new(ty.span(), message));
        }
    } else {
        problems.push(Error::new(
            signature.ident.span(),
            "an extern function gives a value: it is called for nothing else",
        ));
    }
    let first = problems.into_iter().reduce(|mut all, next| {
        all.combine(next);
        all
    });
    first.map_or_else(|| Ok(item.to_token_stream()), Err)
}

/// What is wrong with the type of an argument.
fn wrong_argument(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Reference(TypeReference {
            mutability: Some(_), ..
        }) => Some("an extern function changes nothing: take `&`, not `&mut`"),
        Type::Reference(reference) => match last_name(&reference.elem).as_deref() {
            Some("String") => Some("text is handed over as `&str`, not `&String`"),
            Some("Vec") => Some("a list is handed over as `&[T]`, not `&Vec<T>`"),
            _ => None,
        },
        Type::ImplTrait(_) => Some("an extern function has the types of its declaration, not `impl`"),
        ty => match last_name(ty).as_deref() {
            Some("String") => Some("text is handed over as `&str`, not `String`"),
            Some("Vec") => Some("a list is handed over as `&[T]`, not `Vec<T>`"),
            Some("i32" | "u32" | "u64" | "usize" | "i16" | "u8") => Some("an `Int` is an `i64`"),
            Some("f32") => Some("a `Float` is an `f64`"),
            _ => None,
        },
    }
}

/// What is wrong with the type of a result.
fn wrong_result(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Reference(_) => Some("a result is owned: `String`, not `&str`; `Vec<T>`, not `&[T]`"),
        Type::ImplTrait(_) => Some("an extern function has the types of its declaration, not `impl`"),
        ty => match last_name(ty).as_deref() {
            Some("Result") => Some("an extern function cannot fail: give an `Option`, declared as `T?`"),
            Some("i32" | "u32" | "u64" | "usize" | "i16" | "u8") => Some("an `Int` is an `i64`"),
            Some("f32") => Some("a `Float` is an `f64`"),
            _ => None,
        },
    }
}

fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn messages(item: &ItemFn) -> Vec<String> {
        match function(item) {
            Ok(_) => Vec::new(),
            Err(error) => error.into_iter().map(|it| it.to_string()).collect(),
        }
    }

    #[test]
    fn what_a_declaration_can_say_is_left_alone() {
        let item: ItemFn = parse_quote! {
            /// Kept.
            pub fn score<'a>(points: &'a [f64], plan: Option<Plan>, name: &str) -> Option<Decimal> { None }
        };
        assert_eq!(function(&item).unwrap().to_string(), item.to_token_stream().to_string());
    }

    #[test]
    fn every_mistake_is_a_sentence_of_its_own() {
        let item: ItemFn = parse_quote! {
            async fn f<T>(&self, a: &String, b: &Vec<T>, c: &mut i64, d: u32) -> Result<String, ()> { todo!() }
        };
        let found = messages(&item);
        for part in [
            "`async`",
            "generic",
            "`self`",
            "`a`: text",
            "`b`: a list",
            "`c`: an extern",
            "`d`: an `Int`",
            "cannot fail",
        ] {
            assert!(found.iter().any(|it| it.contains(part)), "{part}: {found:?}");
        }
        assert_eq!(found.len(), 8, "{found:?}");
    }
}
