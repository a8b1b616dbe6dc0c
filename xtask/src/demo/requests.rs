//! What to try, and what the answers must be like.

use std::net::SocketAddr;

use serde_json::Value;

use super::Bff;
use super::http::{self, Answer};

/// One request to try.
#[derive(Debug)]
pub(super) struct Request {
    /// One line on what it shows.
    pub(super) about: &'static str,
    pub(super) to: Bff,
    pub(super) method: &'static str,
    pub(super) target: &'static str,
    pub(super) headers: &'static [(&'static str, &'static str)],
    /// JSON; empty for none.
    pub(super) body: &'static str,
    status: u16,
    /// What must hold of the answer.
    holds: &'static [Holds],
}

/// One thing that must hold of an answer.
#[derive(Debug)]
enum Holds {
    /// A JSON pointer gives this JSON.
    Is(&'static str, &'static str),
    /// A JSON pointer gives a list of this many.
    Count(&'static str, usize),
    /// A JSON pointer gives something that is not null.
    There(&'static str),
    /// A JSON pointer gives nothing.
    Absent(&'static str),
    /// A response header has this value.
    Header(&'static str, &'static str),
    /// The answer nowhere contains this text.
    Silent(&'static str),
}

use Holds::{Absent, Count, Header, Is, Silent, There};

/// What happened when a request was played.
pub(super) struct Played {
    pub(super) answer: Option<Answer>,
    /// Sentences; none when the answer was right.
    pub(super) problems: Vec<String>,
}

impl Request {
    /// The request as a command to paste, on one line.
    pub(super) fn curl(&self, host: &str) -> String {
        let mut text = format!("curl -i '{host}{}'", self.target);
        if self.method != "GET" && self.body.is_empty() {
            text += &format!(" -X {}", self.method);
        }
        for (name, value) in self.headers {
            text += &format!(" -H '{name}: {value}'");
        }
        if !self.body.is_empty() {
            text += &format!(" -H 'content-type: application/json' -d '{}'", self.body);
        }
        text
    }

    /// Sends the request and checks the answer.
    pub(super) fn play(&self, host: &str) -> Played {
        let address: Result<SocketAddr, _> = host.parse();
        let sent = match address {
            Ok(address) => http::send(address, self.method, self.target, self.headers, self.body),
            Err(_) => Err(std::io::Error::other(format!("{host} is no address"))),
        };
        match sent {
            Ok(answer) => {
                let problems = self.problems(&answer);
                Played {
                    answer: Some(answer),
                    problems,
                }
            }
            Err(cause) => Played {
                answer: None,
                problems: vec![format!("no answer: {cause}")],
            },
        }
    }

    fn problems(&self, answer: &Answer) -> Vec<String> {
        let mut problems = Vec::new();
        if answer.status != self.status {
            problems.push(format!("the status is {}, not {}", answer.status, self.status));
        }
        let body = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
        problems.extend(self.holds.iter().filter_map(|holds| holds.problem(answer, &body)));
        problems
    }
}

impl Holds {
    fn problem(&self, answer: &Answer, body: &Value) -> Option<String> {
        match *self {
            Is(pointer, wanted) => {
                let wanted: Value = serde_json::from_str(wanted).unwrap_or(Value::Null);
                let given = body.pointer(pointer);
                (given != Some(&wanted)).then(|| format!("{pointer} is {}, not {wanted}", shown(given)))
            }
            Count(pointer, wanted) => {
                let given = body.pointer(pointer).and_then(Value::as_array).map(Vec::len);
                (given != Some(wanted)).then(|| format!("{pointer} has {given:?} elements, not {wanted}"))
            }
            There(pointer) => {
                let given = body.pointer(pointer).is_some_and(|value| !value.is_null());
                (!given).then(|| format!("{pointer} is missing"))
            }
            Absent(pointer) => body
                .pointer(pointer)
                .map(|value| format!("{pointer} is there: {value}")),
            Header(name, wanted) => {
                let given = answer
                    .headers
                    .iter()
                    .find(|(given, _)| given == name)
                    .map(|(_, value)| value.as_str());
                (given != Some(wanted)).then(|| format!("the header {name} is {given:?}, not {wanted:?}"))
            }
            Silent(text) => answer.body.contains(text).then(|| format!("the answer tells `{text}`")),
        }
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "missing".to_owned(), Value::to_string)
}

const USER: (&str, &str) = ("x-user-id", "u1");
const PARTNER: (&str, &str) = ("x-partner-id", "pt1");

/// The requests, in the order in which they are printed and played.
pub(super) static REQUESTS: &[Request] = &[
    Request {
        about: "The home screen: five calls to five services in one answer; products wait for recommendations.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/home?limit=4",
        headers: &[USER, ("x-platform", "ios")],
        body: "",
        status: 200,
        holds: &[
            Is("/user/id", "\"u1\""),
            Count("/orders", 3),
            Count("/recommended", 4),
            There("/loyalty/points"),
            Is("/applePay", "true"),
            Is("/degraded", "[]"),
        ],
    },
    Request {
        about: "The same while recommendations for this user fail: popular products stand in, and the answer says so.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/home?limit=4",
        headers: &[USER, ("x-fault", "recommender.forUser;status=503")],
        body: "",
        status: 200,
        holds: &[
            Count("/recommended", 4),
            Is("/degraded", "[\"recs\"]"),
            Header("bff-partial", "recs;status=503"),
        ],
    },
    Request {
        about: "Slow loyalty, cut-off orders: both are left out, nothing else waits or breaks.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/home?limit=4",
        headers: &[USER, ("x-fault", "loyalty;delay=3s, orders;cut=300")],
        body: "",
        status: 200,
        holds: &[
            Is("/user/id", "\"u1\""),
            Absent("/orders"),
            Absent("/loyalty"),
            Is("/degraded", "[\"recent\",\"points\"]"),
        ],
    },
    Request {
        about: "The user is required: without that service there is no home screen, and no inner address leaks.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/home",
        headers: &[USER, ("x-fault", "users;status=500")],
        body: "",
        status: 502,
        holds: &[
            Is("/code", "\"bad_upstream\""),
            There("/request_id"),
            Silent("db-3.shop.internal"),
        ],
    },
    Request {
        about: "Every mistake in a request is reported at once.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/search?q=x&limit=500&category=Lamps",
        headers: &[],
        body: "",
        status: 422,
        holds: &[Is("/code", "\"invalid\""), Count("/errors", 3)],
    },
    Request {
        about: "Search, with a page to go on with.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/search?q=lamp&sort=price&limit=2",
        headers: &[],
        body: "",
        status: 200,
        holds: &[Count("/items", 2), There("/next")],
    },
    Request {
        about: "A product with its rating, reviews and what is like it.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/products/p2",
        headers: &[],
        body: "",
        status: 200,
        holds: &[
            Is("/id", "\"p2\""),
            Count("/similar", 4),
            There("/sold_by"),
            Is("/degraded", "[]"),
        ],
    },
    Request {
        about: "Somebody else's order does not exist.",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/orders/o2229",
        headers: &[("x-user-id", "u2")],
        body: "",
        status: 404,
        holds: &[Is("/code", "\"not_found\"")],
    },
    Request {
        about: "The price of a basket: a body that is checked, sent on, and answered.",
        to: Bff::Mobile,
        method: "POST",
        target: "/mobile/basket/price",
        headers: &[],
        body: r#"{"lines":[{"sku":"p1","qty":2}],"coupon":"WELCOME10"}"#,
        status: 200,
        holds: &[
            Is("/total", r#"{"amount":"403.02","currency":"EUR"}"#),
            Is("/lines/0/qty", "2"),
        ],
    },
    Request {
        about: "A checkout: the card is charged, then the order is placed.",
        to: Bff::Mobile,
        method: "POST",
        target: "/mobile/checkout",
        headers: &[USER, ("idempotency-key", "\"8f14e45f\"")],
        body: r#"{"paymentToken":"tok_1","note":"ring twice"}"#,
        status: 201,
        holds: &[
            Is("/id", "\"n1\""),
            Is("/charge", "\"ch1\""),
            Header("location", "/mobile/orders/n1"),
        ],
    },
    Request {
        about: "The same request once more, as after a lost answer: the same order, nothing is charged again.",
        to: Bff::Mobile,
        method: "POST",
        target: "/mobile/checkout",
        headers: &[USER, ("idempotency-key", "\"8f14e45f\"")],
        body: r#"{"paymentToken":"tok_1","note":"ring twice"}"#,
        status: 201,
        holds: &[
            Is("/id", "\"n1\""),
            Is("/charge", "\"ch1\""),
            Header("location", "/mobile/orders/n1"),
        ],
    },
    Request {
        about: "Another request with that key is a mistake.",
        to: Bff::Mobile,
        method: "POST",
        target: "/mobile/checkout",
        headers: &[USER, ("idempotency-key", "\"8f14e45f\"")],
        body: r#"{"paymentToken":"tok_2"}"#,
        status: 422,
        holds: &[Is("/code", "\"idempotency_mismatch\"")],
    },
    Request {
        about: "The order cannot be placed after the card was charged: the money goes back behind the answer.",
        to: Bff::Mobile,
        method: "POST",
        target: "/mobile/checkout",
        headers: &[
            USER,
            ("idempotency-key", "\"c9f0f895\""),
            ("x-fault", "orders.place;status=500"),
        ],
        body: r#"{"paymentToken":"tok_1"}"#,
        status: 502,
        holds: &[Is("/code", "\"bad_upstream\"")],
    },
    Request {
        about: "So that charge has been refunded (asked a little later, for the refund does not hold up the answer).",
        to: Bff::Mobile,
        method: "GET",
        target: "/mobile/charges/ch2",
        headers: &[("x-fault", "payments.charged;delay=200ms")],
        body: "",
        status: 200,
        holds: &[Is("/id", "\"ch2\""), Is("/status", "\"refunded\"")],
    },
    Request {
        about: "The seller's dashboard: sales, payouts, products and ratings of a quarter.",
        to: Bff::Web,
        method: "GET",
        target: "/web/dashboard?org=s1&from=2026-01-01&to=2026-03-31&top=3",
        headers: &[("cookie", "theme=dark")],
        body: "",
        status: 200,
        holds: &[
            Is("/seller/id", "\"s1\""),
            Is("/theme", "\"dark\""),
            Is("/revenue/gross", "46165.00"),
            Count("/top", 3),
            Count("/products", 3),
            Count("/ratings", 3),
            Is("/degraded", "[]"),
        ],
    },
    Request {
        about: "A check over two inputs.",
        to: Bff::Web,
        method: "GET",
        target: "/web/dashboard?org=s1&from=2026-03-31&to=2026-01-01",
        headers: &[],
        body: "",
        status: 422,
        holds: &[Is("/errors/0/message", "\"from must not be after to\"")],
    },
    Request {
        about: "Nobody has this address: 204.",
        to: Bff::Web,
        method: "POST",
        target: "/web/customers/lookup",
        headers: &[],
        body: r#"{"email":"nobody@shop.example"}"#,
        status: 204,
        holds: &[],
    },
    Request {
        about: "The partner's orders: 25 upstream fields cut down to a contract, amounts as text, nulls kept.",
        to: Bff::Partner,
        method: "GET",
        target: "/api/orders?limit=2",
        headers: &[PARTNER],
        body: "",
        status: 200,
        holds: &[
            Count("/data", 2),
            There("/next_cursor"),
            There("/data/0/amount/amount"),
            Silent("buyerEmail"),
        ],
    },
    Request {
        about: "The errors of this API have the shape that its file declares.",
        to: Bff::Partner,
        method: "GET",
        target: "/api/products/p999",
        headers: &[PARTNER],
        body: "",
        status: 404,
        holds: &[
            Is("/code", "\"product_not_found\""),
            There("/request_id"),
            Absent("/title"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
            took: Duration::ZERO,
        }
    }

    #[test]
    fn a_right_answer_has_no_problems_and_a_wrong_one_has_each() {
        let request = Request {
            about: "",
            to: Bff::Web,
            method: "GET",
            target: "/",
            headers: &[],
            body: "",
            status: 200,
            holds: &[
                Is("/a", "1"),
                Count("/l", 2),
                There("/t"),
                Absent("/n"),
                Silent("secret"),
            ],
        };
        assert_eq!(
            request.problems(&answer(200, r#"{"a":1,"l":[1,2],"t":""}"#)),
            Vec::<String>::new()
        );
        let wrong = request.problems(&answer(500, r#"{"a":2,"l":[],"t":null,"n":"secret"}"#));
        assert_eq!(wrong.len(), 6, "{wrong:?}");
        assert_eq!(request.problems(&answer(200, "no JSON")).len(), 3);
    }

    #[test]
    fn a_command_to_paste_has_everything() {
        let basket = REQUESTS
            .iter()
            .find(|request| request.target.ends_with("/price"))
            .expect("one of them posts");
        let curl = basket.curl("127.0.0.1:8081");
        assert!(
            curl.starts_with("curl -i '127.0.0.1:8081/mobile/basket/price' -H 'content-type: application/json' -d '{"),
            "{curl}"
        );
    }

    #[test]
    fn what_must_hold_is_itself_json() {
        for request in REQUESTS {
            for holds in request.holds {
                if let Is(_, wanted) = holds {
                    assert!(serde_json::from_str::<Value>(wanted).is_ok(), "{wanted}");
                }
            }
        }
    }
}
