//! `send!`, `when!`, `body!` and `headers!`: a function and the names it waits for, from one list.
//!
//! `send!(call_points; ME)` calls `call_points(request, me)`; `body!(respond; ME, POINTS; frame)` calls
//! `respond(out, frame, me, points)`. A name that is not listed cannot be reached from the function.

/// The arguments of a call: a function that writes a [`Request`](crate::engine::Request) and returns `()`, `Option<()>`
/// (`None`: not sent), or an `Eval` of them.
#[macro_export]
macro_rules! send {
    ($f:path; $($name:ident),* $(,)?; frame) => {{
        let row: $crate::prelude::Args =
            $crate::gated!(IntoSent into_sent bool, $f, [$($name)*], (q: &mut $crate::prelude::Request), frame);
        row.skipping($crate::prelude::skips(&|slots: &$crate::prelude::Slots, q: &mut $crate::prelude::Request| {
            $f(q, slots.frame(), $(slots.get($name)),*)
        }))
    }};
    ($f:path; $($name:ident),* $(,)?) => {{
        let row: $crate::prelude::Args =
            $crate::gated!(IntoSent into_sent bool, $f, [$($name)*], (q: &mut $crate::prelude::Request),);
        row.skipping($crate::prelude::skips(&|slots: &$crate::prelude::Slots, q: &mut $crate::prelude::Request| {
            let _ = slots;
            $f(q, $(slots.get($name)),*)
        }))
    }};
}

/// A test: a function that returns `bool` or `Eval<bool>`.
#[macro_export]
macro_rules! when {
    ($f:path; $($name:ident),* $(,)?; frame) => { $crate::gated!(IntoTest into_test bool, $f, [$($name)*], (), frame) };
    ($f:path; $($name:ident),* $(,)?) => { $crate::gated!(IntoTest into_test bool, $f, [$($name)*], (),) };
}

/// A body: a function that writes JSON into an [`Out`](crate::engine::Out) and returns `()` or `Eval`.
#[macro_export]
macro_rules! body {
    ($f:path; $($name:ident),* $(,)?; frame) => { $crate::gated!(IntoEval into_eval (), $f, [$($name)*], (o: &mut $crate::prelude::Out), frame) };
    ($f:path; $($name:ident),* $(,)?) => { $crate::gated!(IntoEval into_eval (), $f, [$($name)*], (o: &mut $crate::prelude::Out),) };
}

/// Response headers: a function that writes into a [`HeaderOut`](crate::engine::HeaderOut) and returns `()` or `Eval`.
#[macro_export]
macro_rules! headers {
    ($f:path; $($name:ident),* $(,)?; frame) => { $crate::gated!(IntoEval into_eval (), $f, [$($name)*], (h: &mut $crate::prelude::HeaderOut<'_>), frame) };
    ($f:path; $($name:ident),* $(,)?) => { $crate::gated!(IntoEval into_eval (), $f, [$($name)*], (h: &mut $crate::prelude::HeaderOut<'_>),) };
}

/// The row behind the other four macros.
#[doc(hidden)]
#[macro_export]
macro_rules! gated {
    ($join:ident $into:ident $out:ty, $f:path, [$($name:ident)*], ($($sink:ident: $sink_type:ty)?), $($frame:ident)?) => {{
        // The name must not meet a function of the service, which this item would shadow.
        fn bff_row(slots: &$crate::prelude::Slots $(, $sink: $sink_type)?) -> $crate::prelude::Eval<$out> {
            let _ = slots;
            $crate::prelude::$join::$into($f($($sink,)? $(slots.$frame(),)? $(slots.get($name)),*))
        }
        $crate::prelude::Gated::new(
            $crate::prelude::needs(&[$($name.slot()),*]),
            $crate::prelude::inputs(&[$($name.slot()),*]),
            bff_row,
        )
    }};
}
