//! The pattern of a route and its parameters (section 7.2 of the language).

use super::resolve::Resolver;
use super::types::{Field, Inputs, Piece, RecordId, RoutePath, Scalar, Ty};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, InputKind, PathPiece};

impl<'a> Resolver<'a> {
    /// The pattern of a route, and the record of its parameters.
    pub(super) fn route_path(
        &mut self,
        file: FileId,
        route: &ast::Route,
        block: Option<(RecordId, Span)>,
    ) -> (RoutePath, Option<Inputs>) {
        let mut declared = match block {
            Some((id, _)) => std::mem::take(&mut self.model.records[id.0 as usize].fields),
            None => Vec::new(),
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut segments = Vec::new();
        for (at, segment) in route.path.segments.iter().enumerate() {
            let mut pieces = Vec::new();
            let is_last = at + 1 == route.path.segments.len();
            for piece in segment {
                match piece {
                    PathPiece::Literal(text, span) => {
                        pieces.push(self.literal(text, *span, segment.len() == 1, is_last));
                    }
                    PathPiece::Param { name, ty } => {
                        if let Some(first) = fields.iter().find(|field| field.name == name.text) {
                            let found = Diagnostic::error(
                                "E0211",
                                name.span,
                                format!("`{{{}}}` stands twice in this path", name.text),
                            );
                            self.sink
                                .push(found.because(first.span, "first here").help("rename one of them"));
                            continue;
                        }
                        if matches!(pieces.last(), Some(Piece::Param(_))) {
                            let found = Diagnostic::error(
                                "E0212",
                                name.span,
                                format!("nothing tells where `{{{}}}` begins", name.text),
                            );
                            self.sink
                                .push(found.help("put text between two parameters of a segment: `{lat},{lon}`"));
                        }
                        pieces.push(Piece::Param(fields.len()));
                        let block_field = declared
                            .iter()
                            .position(|field| field.name == name.text)
                            .map(|at| declared.remove(at));
                        fields.push(self.path_field(file, name, ty.as_ref(), block_field));
                    }
                }
            }
            segments.push(pieces);
        }
        for field in &declared {
            let text = format!("the path has no `{{{}}}`", field.name);
            let found = Diagnostic::error("E0212", field.span, text).because(route.path.span, "this path");
            self.sink
                .push(found.help(format!("add `{{{}}}` to the path, or remove it here", field.name)));
        }
        let path = RoutePath {
            text: route.path.text.clone(),
            segments,
        };
        if fields.is_empty() && block.is_none() {
            return (path, None);
        }
        let record = match block {
            Some((id, _)) => {
                self.model.records[id.0 as usize].fields = fields;
                id
            }
            None => self.record("Path", route.path.span, fields),
        };
        (path, Some(Inputs { record }))
    }

    fn path_field(&mut self, file: FileId, name: &ast::Name, ty: Option<&ast::Name>, block: Option<Field>) -> Field {
        if let Some(field) = block {
            if let Some(ty) = ty {
                let found = Diagnostic::error("E0212", ty.span, format!("`{}` has its type twice", name.text));
                self.sink.push(
                    found
                        .because(field.ty_span, "and here")
                        .help(format!("`{{{}}}` in the path", name.text)),
                );
            }
            return field;
        }
        let resolved = ty.map(|ty| {
            let kind = ast::TypeKind::Named {
                scope: None,
                name: ty.clone(),
                args: Vec::new(),
            };
            self.ty(
                file,
                &ast::Type {
                    kind,
                    constraint: None,
                    nullable: false,
                    span: ty.span,
                },
                &[],
            )
        });
        let ty_span = ty.map_or(name.span, |ty| ty.span);
        let (ty, constraint) = resolved.map_or((Ty::Scalar(Scalar::Id), None), |it| (it.ty, it.constraint));
        let field = Field {
            name: name.text.clone(),
            wire: name.text.clone(),
            span: name.span,
            ty_span,
            ty,
            optional: false,
            constraint,
            default: None,
            docs: Vec::new(),
            notes: Vec::new(),
        };
        self.check_input(&field, InputKind::Path);
        field
    }

    fn literal(&mut self, text: &str, span: Span, alone: bool, is_last: bool) -> Piece {
        if text.contains('*') {
            if !(alone && is_last && text == "*") {
                let found = Diagnostic::error("E0212", span, "`*` stands alone and last in a path");
                self.sink
                    .push(found.help("`/static/*`, or a parameter: `/{name}.json`"));
            }
            return Piece::Rest;
        }
        if alone && matches!(text, "." | "..") {
            let found = Diagnostic::error(
                "E0212",
                span,
                "`.` and `..` name no segment: a request that has them is refused",
            );
            self.sink.push(found.help("remove the segment"));
        }
        Piece::Literal(decode(text))
    }
}

/// Unreserved characters (RFC 3986, section 2.3) are decoded, others stay as written.
pub(crate) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let hex = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreserved_characters_are_decoded_and_nothing_else() {
        assert_eq!(decode("a%2Db%2Fc%zz%4"), "a-b%2Fc%zz%4");
        assert_eq!(decode("caf%C3%A9"), "caf%C3%A9");
    }
}
