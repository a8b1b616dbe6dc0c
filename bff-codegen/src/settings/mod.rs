//! The table of settings: what a key is called, where it may stand, whether it is served, and how its value is read.
//!
//! A served setting has a file of its own here with its doc comment, which is also its manual page. Keys of the language
//! that are not served yet are listed in [`later`] and refused with `E0901`.

pub mod accept;
pub mod auth;
pub mod base;
pub mod batch;
pub mod collect;
pub mod concurrency;
pub mod deadline;
pub mod decimals;
pub mod dedup;
pub mod deprecate;
pub mod errors;
pub mod group;
pub mod headers;
pub mod hedge;
pub mod idempotency;
pub mod idempotent;
pub mod later;
pub mod listen;
pub mod locales;
pub mod max;
pub mod max_calls;
pub mod mount;
pub mod nulls;
pub mod overflow;
pub mod pages;
pub mod proxy;
pub mod request;
pub mod rewrite;
pub mod safe;
pub mod sparse;
pub mod stability;
pub mod timeout;
pub mod timezone;
pub mod value;
pub mod version;

use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, Expr, Key, Name};
use std::collections::HashMap;

/// Where a block of settings stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `client x { … }`
    Client,
    /// `upstream x { … }`
    Upstream,
    /// `op x(…) { … }`
    Op,
    /// `call x = y.z(…) { … }`
    Call,
    /// `route GET /x { … }`
    Route,
    /// `policy x { … }`: a key of any scope.
    Policy,
}

impl Scope {
    /// What the scope is called in messages.
    pub fn noun(self) -> &'static str {
        match self {
            Scope::Client => "a client",
            Scope::Upstream => "an upstream",
            Scope::Op => "an operation",
            Scope::Call => "a call",
            Scope::Route => "a route",
            Scope::Policy => "a policy",
        }
    }
}

/// A key of the table.
#[derive(Clone, Copy, Debug)]
pub struct Def {
    /// The key.
    pub name: &'static str,
    /// Where it may stand.
    pub scopes: &'static [Scope],
    /// Whether it works; otherwise it is refused with `E0901`.
    pub served: bool,
    /// What it does, for hover texts and the manual.
    pub doc: &'static str,
}

/// All keys, served ones first.
pub fn table() -> impl Iterator<Item = &'static Def> {
    SERVED.iter().chain(later::LATER)
}

/// The keys that work.
static SERVED: &[Def] = &[
    accept::DEF,
    auth::DEF,
    base::DEF,
    batch::DEF,
    collect::DEF,
    concurrency::DEF,
    deadline::DEF,
    decimals::DEF,
    dedup::DEF,
    deprecate::DEF,
    errors::DEF,
    headers::DEF,
    hedge::DEF,
    idempotency::DEF,
    idempotent::DEF,
    listen::DEF,
    max::DEF,
    locales::DEF,
    max_calls::DEF,
    mount::DEF,
    nulls::DEF,
    overflow::DEF,
    pages::DEF,
    proxy::DEF,
    request::QUERY,
    request::HEADER,
    request::BODY,
    rewrite::DEF,
    safe::DEF,
    sparse::DEF,
    stability::DEF,
    timeout::DEF,
    timezone::DEF,
    version::DEF,
    CHECK,
];

/// `check: { "message": condition }`: conditions on the inputs that no type can say. One that does not hold is 422.
const CHECK: Def = Def {
    name: "check",
    scopes: &[Scope::Route],
    served: true,
    doc: "Conditions on what was sent, each under the message that the caller gets. One that does not hold: 422, all reported together.",
};

/// The policies that a block can spread, by the name they have in the file of the block.
pub type Policies<'r, 'a> = HashMap<&'r str, &'a ast::Policy>;

/// What reading settings needs; `'a` is the life of the trees.
pub struct Reader<'r, 'a> {
    /// The files, for texts of messages.
    pub sources: &'r Sources,
    /// The policies in scope.
    pub policies: &'r Policies<'r, 'a>,
    /// Names whose declaration could not be read, which was said: nothing more is said of them.
    pub lost: &'r [&'r str],
    /// Where mistakes go.
    pub sink: &'r mut Sink,
}

/// A setting that holds: its key and value, from the block itself or a policy.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: &'a Key,
    /// The value.
    pub value: &'a Expr,
    /// Through which policy it came, and where that is spread.
    pub via: Option<&'a Name>,
}

/// The settings of one block, served keys only, each once.
#[derive(Debug, Default)]
pub struct Entries<'a> {
    list: Vec<Entry<'a>>,
}

impl<'a> Entries<'a> {
    /// The setting called `name`.
    pub fn get(&self, name: &str) -> Option<Entry<'a>> {
        self.list.iter().find(|entry| entry.key.text == name).copied()
    }

    /// All of them, in text order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.list.iter()
    }
}

impl<'a> Reader<'_, 'a> {
    /// Reads a block: spreads policies, refuses unknown, unserved and repeated keys.
    pub fn entries<'b>(&mut self, settings: impl IntoIterator<Item = &'b ast::Setting>, scope: Scope) -> Entries<'b>
    where
        'a: 'b,
    {
        let (mut own, mut spread) = (Vec::<Entry<'b>>::new(), Vec::<Entry<'b>>::new());
        for setting in settings {
            match setting {
                ast::Setting::Entry { key, value } => {
                    if let Some(first) = own.iter().find(|entry| entry.key.text == key.text) {
                        self.sink.push(twice(key, first.key.span));
                    } else {
                        own.push(Entry { key, value, via: None });
                    }
                }
                ast::Setting::Spread { name, .. } => self.spread(name, scope, &mut Vec::new(), &mut spread),
            }
        }
        own.retain(|entry| self.served(entry.key, scope));
        let written: Vec<&str> = own.iter().map(|entry| entry.key.text.as_str()).collect();
        spread.retain(|entry| !written.contains(&entry.key.text.as_str()));
        for (at, entry) in spread.iter().enumerate() {
            if let Some(other) = spread[..at].iter().find(|it| it.key.text == entry.key.text) {
                self.sink.push(two_policies(entry, other));
                continue;
            }
            own.push(*entry);
        }
        Entries { list: own }
    }

    /// Takes over the keys of a policy that this scope knows; what is wrong with them was said at the policy.
    fn spread<'b>(&mut self, name: &'b Name, scope: Scope, circle: &mut Vec<&'b str>, into: &mut Vec<Entry<'b>>)
    where
        'a: 'b,
    {
        let Some(policy) = self.policies.get(name.text.as_str()).copied() else {
            if self.lost.contains(&name.text.as_str()) {
                return;
            }
            let options: Vec<&str> = self.policies.keys().copied().collect();
            let found = Diagnostic::error("E0201", name.span, format!("no policy is called `{}`", name.text));
            self.sink
                .push(found.or_name(name.span, &name.text, &options, "policies"));
            return;
        };
        if circle.contains(&name.text.as_str()) {
            let text = format!("the policy `{}` spreads itself", name.text);
            self.sink
                .push(Diagnostic::error("E0208", name.span, text).help("remove this spread"));
            return;
        }
        circle.push(&policy.name.text);
        for setting in &policy.block.settings {
            match setting {
                ast::Setting::Spread { name: inner, .. } => self.spread(inner, scope, circle, into),
                ast::Setting::Entry { key, value } => {
                    if table().any(|def| def.name == key.text && def.served && !def.scopes.contains(&scope)) {
                        let text = format!(
                            "`{}` of the policy `{}` is no setting of {}",
                            key.text,
                            name.text,
                            scope.noun()
                        );
                        let found = Diagnostic::error("E0203", name.span, text).because(key.span, "set here");
                        self.sink
                            .push(found.help("move it to a policy of its own, spread only where it applies"));
                    } else if table().any(|def| def.name == key.text && def.served) {
                        into.push(Entry {
                            key,
                            value,
                            via: Some(name),
                        });
                    }
                }
            }
        }
        circle.pop();
    }

    /// Whether a key may stand here; says why not.
    pub fn served(&mut self, key: &Key, scope: Scope) -> bool {
        let here = |def: &&Def| scope == Scope::Policy || def.scopes.contains(&scope);
        match table().find(|def| def.name == key.text && here(def)) {
            Some(def) if def.served => true,
            Some(_) => {
                self.sink.push(not_served(key.span, &key.text));
                false
            }
            None => {
                let names: Vec<&str> = table().filter(here).map(|def| def.name).collect();
                let found = Diagnostic::error(
                    "E0203",
                    key.span,
                    format!("unknown setting `{}` of {}", key.text, scope.noun()),
                );
                let elsewhere = table().find(|def| def.name == key.text);
                self.sink.push(match elsewhere {
                    Some(def) => found.help(format!("`{}` is a setting of {}", key.text, places(def))),
                    None => found.or_name(key.span, &key.text, &names, "settings"),
                });
                false
            }
        }
    }
}

impl Reader<'_, '_> {
    /// `E0203`: an entry that a group does not have.
    pub fn unknown_in(&mut self, group: &str, name: &str, span: Span, names: &[&str]) {
        let found = Diagnostic::error("E0203", span, format!("unknown setting `{name}` of `{group}`"));
        self.sink.push(with_help(
            found,
            crate::diagnostic::suggest::help(name, names, "settings"),
        ));
    }
}

/// `E0901` for a construct of the language that does not work yet.
pub fn not_served(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("E0901", span, format!("`{what}` is not supported yet"))
        .note("the language has it, this version of the compiler does not serve it: nothing is accepted and ignored")
}

/// Adds a help if there is one.
pub fn with_help(diagnostic: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn places(def: &Def) -> String {
    let places: Vec<&str> = def.scopes.iter().map(|scope| scope.noun()).collect();
    places.join(" or ")
}

fn twice(key: &Key, first: Span) -> Diagnostic {
    Diagnostic::error("E0206", key.span, format!("`{}` is set twice", key.text))
        .because(first, "first set here")
        .help(format!("keep one `{}`", key.text))
}

fn two_policies(entry: &Entry<'_>, other: &Entry<'_>) -> Diagnostic {
    let (via, before) = (
        entry.via.map_or(entry.key.span, |it| it.span),
        other.via.map_or(other.key.span, |it| it.span),
    );
    Diagnostic::error("E0206", via, format!("two policies set `{}` here", entry.key.text))
        .because(before, "set by this one, too")
        .help(format!(
            "write the one that counts: `{}: …`; a key of the block itself wins",
            entry.key.text
        ))
}
