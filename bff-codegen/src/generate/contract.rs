//! What a client and its routes promise: the table of versions, the fields that may be asked for, the headers of a deprecated route.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::{Around, Function};
use super::names::ident;
use super::route::Writer;
use super::text::Item;
use super::world::World;
use crate::ir::expr::ExprKind;
use crate::ir::service::Service;
use crate::ir::walk;
use crate::model::contract::{Version, VersionForm};

/// The module of a service that holds its versions.
pub(crate) const MODULE: &str = "versions";

/// The versions with which some output of the service begins or ends, ascending.
pub(crate) fn marks(service: &Service) -> Vec<Version> {
    let mut marks = BTreeSet::new();
    for route in &service.routes {
        walk::route(route, &mut |expr| {
            if let ExprKind::AtLeast(version) = expr.kind {
                marks.insert(version);
            }
        });
    }
    marks.into_iter().collect()
}

/// `pub mod versions { … }`, if the client has any.
pub(crate) fn versions(world: &World<'_>) -> Option<Item> {
    let versions = world.service.client.versioning.known()?;
    let (at, header) = (world.at(versions.span), &versions.header);
    let form = match versions.form {
        VersionForm::Date => quote!(Date),
        VersionForm::Number => quote!(Number),
    };
    let (oldest, current, default) = (row(versions.oldest), row(versions.current), row(versions.default));
    let rows = world.marks.iter().map(|mark| row(*mark));
    let mut items = vec![
        Item::text("use super::*;"),
        Item::tokens(quote! {
            pub static VERSIONS: Versions = Versions {
                at: #at,
                header: #header,
                form: VersionForm::#form,
                oldest: #oldest,
                current: #current,
                default: #default,
                marks: &[#(#rows),*],
            };
        }),
    ];
    for (at, mark) in world.marks.iter().enumerate() {
        let (name, at) = (name(*mark), Literal::usize_unsuffixed(at));
        items.push(Item::tokens(quote!(pub const #name: Mark = Mark(#at);)));
    }
    let origin = world.origin(versions.span, "version");
    Some(Item::module(format!("pub mod {MODULE}"), items).from(origin))
}

/// `versions:` of the service's table.
pub(crate) fn service_field(world: &World<'_>) -> TokenStream {
    if world.service.client.versioning.known().is_none() {
        return quote!(None);
    }
    let module = ident(MODULE);
    quote!(Some(&#module::VERSIONS))
}

fn row(version: Version) -> TokenStream {
    let number = Literal::u32_unsuffixed(version.0);
    quote!(Version(#number))
}

/// `V2024_09_01`
fn name(version: Version) -> proc_macro2::Ident {
    ident(&format!("V{}", version.to_string().replace('-', "_")))
}

impl Function<'_, '_> {
    /// `frame.at_least(versions::V2024_09_01)`
    pub(crate) fn at_least(&mut self, version: Version) -> TokenStream {
        self.frame = true;
        let (module, mark) = (ident(MODULE), name(version));
        quote!(frame.at_least(#module::#mark))
    }

    /// `frame.wants(7)`
    pub(crate) fn wants(&mut self, number: u16) -> TokenStream {
        self.frame = true;
        let number = Literal::u16_unsuffixed(number);
        quote!(frame.wants(#number))
    }

    /// `frame.wants_any(&[3, 7])`; nothing where no field must be wanted.
    pub(crate) fn wants_any(&mut self, numbers: &[u16]) -> Option<TokenStream> {
        if let [only] = numbers {
            return Some(self.wants(*only));
        }
        self.frame |= !numbers.is_empty();
        let list = numbers.iter().map(|number| Literal::u16_unsuffixed(*number));
        (!numbers.is_empty()).then(|| quote!(frame.wants_any(&[#(#list),*])))
    }

    /// `version`; of what is decided outside of routes it may not be there.
    pub(crate) fn version(&mut self, form: VersionForm, nullable: bool) -> TokenStream {
        let read = match form {
            VersionForm::Date => quote!(date()),
            VersionForm::Number => quote!(number()),
        };
        match (self.around, nullable) {
            (Around::Frame, nullable) => {
                self.frame = true;
                let value = quote!(frame.version().#read);
                if nullable { quote!(Some(#value)) } else { value }
            }
            _ => {
                let request = self.request();
                quote!(#request.version().map(|version| version.#read))
            }
        }
    }
}

impl Writer<'_, '_> {
    /// `contract:` of a route's table, and what it refers to.
    pub(crate) fn contract(&mut self) -> TokenStream {
        let route = self.route;
        let mut fields = TokenStream::new();
        if route.versioned {
            fields.extend(quote!(versioned: true,));
        }
        if !route.sparse.is_empty() {
            self.sparse();
            fields.extend(quote!(sparse: Some(&SPARSE),));
        }
        if route.deprecation.is_some() {
            self.deprecation();
            fields.extend(quote!(deprecation: Some(&DEPRECATION),));
        }
        if fields.is_empty() {
            quote!(Contract::NONE)
        } else {
            quote!(Contract { #fields ..Contract::NONE })
        }
    }

    fn sparse(&mut self) {
        let fields = self.route.sparse.iter().map(|field| {
            let (name, below) = (&field.name, Literal::u16_unsuffixed(field.below));
            quote!(SparseField { name: #name, below: #below })
        });
        self.items.push(Item::tokens(
            quote!(static SPARSE: Sparse = Sparse { fields: &[#(#fields),*] };),
        ));
    }

    fn deprecation(&mut self) {
        let Some(deprecation) = &self.route.deprecation else {
            return;
        };
        let since = format!("@{}", unix_seconds(deprecation.since));
        let optional = |text: Option<String>| match text {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        };
        let sunset = optional(deprecation.sunset.map(http_date));
        let mount = self.world.service.client.mount.trim_end_matches('/');
        let path = deprecation.successor.as_ref().map(|(path, _)| match path.as_str() {
            "/" if !mount.is_empty() => mount.to_owned(),
            path => format!("{mount}{}", without_types(path)),
        });
        let successor = optional(path);
        let origin = self.world.origin(deprecation.span, "deprecate");
        let written = quote! {
            static DEPRECATION: Deprecation = Deprecation { since: #since, sunset: #sunset, successor: #successor };
        };
        self.items.push(Item::tokens(written).from(origin));
    }
}

/// `/orders/{id: Int}` as `/orders/{id}`.
fn without_types(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after.split_once('}').unwrap_or((after, ""));
        let name = inside.split(':').next().unwrap_or(inside).trim();
        out = out + before + "{" + name + "}";
        rest = behind;
    }
    out + rest
}

fn date(version: Version) -> jiff::civil::Date {
    version.to_string().parse().unwrap_or(jiff::civil::Date::ZERO)
}

/// Seconds since 1970 of the beginning of a day in UTC (RFC 9745).
fn unix_seconds(version: Version) -> i64 {
    let days = date(version).since(jiff::civil::date(1970, 1, 1));
    days.map_or(0, |days| i64::from(days.get_days()) * 86_400)
}

/// The beginning of a day in UTC as an HTTP date (RFC 9110, section 5.6.7).
fn http_date(version: Version) -> String {
    date(version).strftime("%a, %d %b %Y 00:00:00 GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_their_headers_want_them() {
        assert_eq!(unix_seconds(Version(20_240_101)), 1_704_067_200);
        assert_eq!(http_date(Version(20_250_630)), "Mon, 30 Jun 2025 00:00:00 GMT");
        assert_eq!(without_types("/a/{id: Int}/b/{c}"), "/a/{id}/b/{c}");
    }
}
