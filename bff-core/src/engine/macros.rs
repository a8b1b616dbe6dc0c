//! The macros of generated values: `record!`, `wire_enum!`, `wire_union!` and `t!`.

/// Makes the view of a record, its accessors and its decode plan from one list.
///
/// ```
/// use bff_core::{Id, List, Rule, Str, record};
/// static AGE: Rule = Rule::new().min("0").max("150");
/// record! {
///     /// What is read of `User`.
///     pub User<'a> {
///         id: Id<'a> = "id",
///         given_name: Str<'a> = "givenName",
///         age: Option<i64> = "age" if AGE,
///         friends: List<'a, User<'a>> = "friends",
///     }
/// }
/// ```
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis $name:ident<$life:lifetime> {
        $($(#[$doc:meta])* $field:ident: $t:ty = $wire:literal $(if $rule:path)?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $name<$life>($crate::Rec<$life>);

        const _: () = {
            // The numbers of the fields: their order in the plan is the order of this list.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum At { $($field),* }

            #[allow(dead_code)]
            impl<$life> $name<$life> {
                const FIELDS: &'static [$crate::Field] = &[
                    $($crate::Field::new($wire, <$t as $crate::Read<$life>>::KIND)$(.with(&$rule))?),*
                ];

                $(
                    $(#[$doc])*
                    #[inline]
                    $vis fn $field(self) -> <$t as $crate::Read<$life>>::Out {
                        self.0.get::<$t>(At::$field as usize)
                    }
                )*
            }

            fn plan() -> &'static $crate::Plan {
                static PLAN: $crate::Plan = $crate::Plan::new(::core::stringify!($name), $name::<'static>::FIELDS);
                &PLAN
            }

            impl<$life> $crate::Read<$life> for $name<$life> {
                const KIND: $crate::Kind = $crate::Kind::Rec(plan);
                type Out = Self;
                #[inline]
                fn read(doc: &$life $crate::Doc, word: u64) -> Self {
                    $name($crate::Rec::new(doc, word))
                }
            }

            impl $crate::View for $name<'static> {
                type At<$life> = $name<$life>;
            }
        };
    };
}

/// Makes an enum out of its wire values. An open one also has `Other`, which keeps the text as it came.
///
/// ```
/// use bff_core::wire_enum;
/// wire_enum! { pub Side { Buy = "buy", Sell = "sell" } }
/// wire_enum! { pub Tier { Basic = "basic", Gold = "gold" } open }
/// fn is_gold(tier: Tier<'_>) -> bool {
///     matches!(tier, Tier::Gold)
/// }
/// ```
#[macro_export]
macro_rules! wire_enum {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$doc:meta])* $value:ident = $wire:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $($(#[$doc])* $value),* }

        #[allow(dead_code)]
        impl $name {
            /// The wire value.
            $vis fn wire(self) -> $crate::Str<'static> {
                match self { $($name::$value => $crate::Str::lit($wire)),* }
            }

            /// The value that a text means.
            $vis fn from_wire(text: $crate::Str<'_>) -> ::core::option::Option<Self> {
                $(if text == $wire {
                    return ::core::option::Option::Some($name::$value);
                })*
                ::core::option::Option::None
            }
        }

        $crate::__wire_enum_impls! { $name, [$name], [$name], [$name], 'a, [$($value = $wire),*], false, (word) => {
            $(if word == $wire {
                return $name::$value;
            })*
            // The decoder lets only listed values pass.
            [$($name::$value),*][0]
        } }

        impl<'a> ::core::convert::From<$name> for $crate::Str<'a> {
            fn from(value: $name) -> Self {
                value.wire()
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$doc:meta])* $value:ident = $wire:literal),* $(,)? } open) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name<'a> {
            $($(#[$doc])* $value,)*
            /// A value that the spec does not list.
            Other($crate::Str<'a>),
        }

        #[allow(dead_code)]
        impl<'a> $name<'a> {
            /// The wire value, as it came.
            $vis fn wire(self) -> $crate::Str<'a> {
                match self {
                    $($name::$value => $wire.into(),)*
                    $name::Other(text) => text,
                }
            }

            /// The value that a text means.
            $vis fn from_wire(text: $crate::Str<'a>) -> Self {
                $(if text == $wire {
                    return $name::$value;
                })*
                $name::Other(text)
            }
        }

        $crate::__wire_enum_impls! { $name, [$name<'a>], [$name<'_>], [$name<'static>], 'a, [$($value = $wire),*], true, (word) => {
            <$name<'a>>::from_wire(word)
        } }

        impl<'a> ::core::convert::From<$name<'a>> for $crate::Str<'a> {
            fn from(value: $name<'a>) -> Self {
                value.wire()
            }
        }
    };
}

/// What open and closed enums have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_enum_impls {
    ($name:ident, [$t:ty], [$at:ty], [$static:ty], $life:lifetime, [$($value:ident = $wire:literal),*], $open:literal, ($word:ident) => $read:block) => {
        const _: () = {
            static NAMES: $crate::Names =
                $crate::Names { name: ::core::stringify!($name), values: &[$($wire),*], open: $open };

            impl<$life> $crate::Read<$life> for $t {
                const KIND: $crate::Kind = $crate::Kind::Enum(&NAMES);
                type Out = Self;
                fn read(doc: &$life $crate::Doc, word: u64) -> Self {
                    let $word = <$crate::Str<$life> as $crate::Read<$life>>::read(doc, word);
                    $read
                }
            }

            impl $crate::Put for $at {
                fn put(&self, out: &mut $crate::Out) {
                    $crate::Put::put(&$crate::Str::from(*self), out);
                }
            }

            impl $crate::Text for $at {
                fn write_text(&self, sink: &mut dyn $crate::TextSink) {
                    sink.view($crate::Str::from(*self));
                }
            }

            impl $crate::View for $static {
                type At<$life> = $t;
            }

            impl<$life> $crate::list::OfText<$life> for $t {
                fn of_text($word: $crate::Str<$life>) -> Self $read
            }

            impl<$life> ::core::convert::From<$t> for $crate::list::Key<$life> {
                fn from(value: $t) -> Self {
                    $crate::list::Key::Text(value.into())
                }
            }
        };
    };
}

/// Makes the view of a union out of those of its records. An open one also has `Other`, which keeps the discriminator as it came.
///
/// ```
/// use bff_core::{Str, record, wire_union};
/// record! { pub Shipped<'a> { order: Str<'a> = "order" } }
/// record! { pub Dropped<'a> { sku: Str<'a> = "sku" } }
/// wire_union! {
///     /// What is read of `Payload`.
///     pub Payload<'a> on "type" { Shipped: Shipped<'a> = "shipped", Dropped: Dropped<'a> = "price_drop" } open
/// }
/// fn is_shipped(payload: Payload<'_>) -> bool {
///     matches!(payload, Payload::Shipped(_))
/// }
/// ```
#[macro_export]
macro_rules! wire_union {
    ($(#[$meta:meta])* $vis:vis $name:ident<$life:lifetime> on $on:literal {
        $($variant:ident: $t:ty = $tag:literal),* $(,)?
    }) => {
        $crate::__wire_union! {
            [$(#[$meta])*] $vis $name $life $on false [$($variant: $t = $tag,)*] []
            (doc, word) => {
                // The decoder lets only declared variants pass; what is not there reads as the first, without values.
                [$($name::$variant(<$t as $crate::Read<$life>>::read(doc, word))),*][0]
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis $name:ident<$life:lifetime> on $on:literal {
        $($variant:ident: $t:ty = $tag:literal),* $(,)?
    } open) => {
        $crate::__wire_union! {
            [$(#[$meta])*] $vis $name $life $on true [$($variant: $t = $tag,)*]
            [
                /// A variant that the spec does not list: its discriminator.
                Other($crate::Str<$life>),
            ]
            (doc, word) => { $name::Other($crate::unknown_tag(doc, word)) }
        }
    };
}

/// What open and closed unions have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_union {
    (
        [$(#[$meta:meta])*] $vis:vis $name:ident $life:lifetime $on:literal $open:literal
        [$($variant:ident: $t:ty = $tag:literal,)*] [$($other:tt)*]
        ($doc:ident, $word:ident) => $rest:block
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis enum $name<$life> {
            $(#[allow(missing_docs)] $variant($t),)*
            $($other)*
        }

        const _: () = {
            // The numbers of the variants: their order in the plan is the order of this list.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum At { $($variant),* }

            impl<$life> $name<$life> {
                const VARIANTS: &'static [(&'static str, $crate::Kind)] =
                    &[$(($tag, <$t as $crate::Read<$life>>::KIND)),*];
            }

            fn plan() -> &'static $crate::UnionPlan {
                static PLAN: $crate::UnionPlan = $crate::UnionPlan {
                    name: ::core::stringify!($name),
                    on: $on,
                    variants: $name::<'static>::VARIANTS,
                    open: $open,
                };
                &PLAN
            }

            impl<$life> $crate::Read<$life> for $name<$life> {
                const KIND: $crate::Kind = $crate::Kind::Union(plan);
                type Out = Self;
                fn read($doc: &$life $crate::Doc, $word: u64) -> Self {
                    $(if $crate::variant($word) == At::$variant as usize {
                        return $name::$variant(<$t as $crate::Read<$life>>::read($doc, $word));
                    })*
                    $rest
                }
            }

            impl $crate::View for $name<'static> {
                type At<$life> = $name<$life>;
            }
        };
    };
}

/// A template: texts and values that are joined. What stands there as a literal is the spec's own text.
#[macro_export]
macro_rules! t {
    ($($part:tt)*) => { $crate::Template($crate::__template_parts!([] $($part)*)) };
}

/// Tells literals from values.
#[doc(hidden)]
#[macro_export]
macro_rules! __template_parts {
    ([$($done:tt)*]) => { &[$($done)*] };
    ([$($done:tt)*] $literal:literal $(, $($rest:tt)*)?) => {
        $crate::__template_parts!([$($done)* &$crate::text::Literal(::core::concat!($literal)) as &dyn $crate::Text,] $($($rest)*)?)
    };
    ([$($done:tt)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::__template_parts!([$($done)* &$value as &dyn $crate::Text,] $($($rest)*)?)
    };
}
