//! `extern fn f(a: T): U = "path"`: a function of Rust, its types and its path (E0430, E0431).

use super::resolve::Resolver;
use super::types::{Field, Scalar, Ty};
use crate::diagnostic::Diagnostic;
use crate::settings::not_served;
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// How a path of the service's own crate begins.
const OWN: &str = "crate";

/// A function of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternId(pub u32);

/// A function of Rust: `extern fn f(a: T): U = "path"`.
#[derive(Clone, Debug)]
pub struct ExternFn {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its parameters.
    pub params: Vec<Field>,
    /// Its result.
    pub result: Ty,
    /// The Rust path, `crate::text::initials`.
    pub path: String,
}

impl Resolver<'_> {
    /// The signature of an extern function.
    pub(super) fn extern_fn(&mut self, file: FileId, def: &ast::ExternFn) -> ExternFn {
        let owner = format!("`{}`", def.name.text);
        let mut params = self.fields(file, &def.params, &[], &owner);
        for param in &mut params {
            if !self.may_pass(&param.ty, param.ty_span, false) {
                param.ty = Ty::Unknown;
            }
        }
        let mut result = self.ty(file, &def.result, &[]).ty;
        if !self.may_pass(&result, def.result.span, true) {
            result = Ty::Unknown;
        }
        if !is_path(&def.path.text) {
            let text = format!("`{}` is no path of Rust", def.path.text);
            let found = Diagnostic::error("E0430", def.path.span, text);
            self.sink.push(found.help(format!(
                "e.g. `\"{OWN}::text::{}\"`, as Rust would name it in the service's own crate",
                def.name.text
            )));
        }
        ExternFn {
            name: def.name.text.clone(),
            span: def.name.span,
            params,
            result,
            path: def.path.text.clone(),
        }
    }

    /// Whether values of a type can be handed to Rust, or taken from it.
    fn may_pass(&mut self, ty: &Ty, span: Span, back: bool) -> bool {
        let what = match ty {
            Ty::Unknown => return true,
            Ty::Nullable(inner) => return self.may_pass(inner, span, back),
            Ty::List(inner) => match &**inner {
                Ty::List(_) => "a list of lists in an extern function",
                Ty::Nullable(element) if matches!(**element, Ty::List(_)) => "a list of lists in an extern function",
                inner => return self.may_pass(inner, span, back),
            },
            Ty::Scalar(Scalar::Json) if back => {
                let found = Diagnostic::error(
                    "E0431",
                    span,
                    "an extern function gives no `Json`: nothing could be said of it",
                );
                self.sink
                    .push(found.help("give a type, or text; an argument may be `Json`"));
                return false;
            }
            Ty::Scalar(Scalar::Bytes | Scalar::Stream) => {
                let found = Diagnostic::error(
                    "E0431",
                    span,
                    "bytes and streams do not pass through an extern function",
                );
                self.sink.push(found.help("take text or numbers"));
                return false;
            }
            Ty::Scalar(_) | Ty::Enum(_) => return true,
            Ty::Record(_) => "a record in an extern function",
            Ty::Map(..) => "a map in an extern function",
            #[allow(unreachable_patterns, reason = "further types are refused until they are served")]
            _ => "this type in an extern function",
        };
        self.sink.push(not_served(span, what));
        false
    }
}

/// Whether a text is a path as Rust writes it.
pub(crate) fn is_path(text: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && part != "_"
    };
    let path = text.strip_prefix("::").unwrap_or(text);
    path.split("::").all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_rust() {
        for path in [
            "crate::text::initials",
            "acme_charts::sparkline",
            "::std::mem::swap",
            "f",
        ] {
            assert!(is_path(path), "{path}");
        }
        for path in ["", "a::", "a b", "1a", "a.b", "a::<T>::b", "a()", "_"] {
            assert!(!is_path(path), "{path}");
        }
    }
}
