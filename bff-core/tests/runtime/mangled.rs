//! Whatever is sent, the answer is a status of the client's own making and a document; whatever an upstream answers, it is
//! a document too.

use axum::body::Body;
use http::Request;
use proptest::prelude::*;

use crate::mocks::{ADA, Answered, Mock, RECS, TWO, Upstreams};
use Mock::Answer;

fn paused<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

fn shop(me: &'static str) -> Upstreams {
    Upstreams::new(&[
        ("/users/u1", 0, Answer(200, me)),
        ("/orders?customer=u1&limit=3", 0, Answer(200, TWO)),
        ("/recs/u1", 0, Answer(200, RECS)),
        ("/quotes", 0, Answer(200, r#"{"price":9.99,"stock":5}"#)),
    ])
}

fn is_document(answer: &Answered) -> Result<(), TestCaseError> {
    let json = serde_json::from_str::<serde_json::Value>(&answer.body);
    prop_assert!(json.is_ok(), "{}", answer.body);
    let json = json.unwrap();
    if answer.status >= 400 {
        prop_assert_eq!(json["status"].as_u64(), Some(answer.status.into()));
        prop_assert!(json["code"].is_string() && json["title"].is_string() && json["request_id"].is_string());
    }
    Ok(())
}

/// Whether a body is JSON, whatever its strings that nobody reads stand for.
fn is_json(body: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok()
}

/// JSON text with a piece cut out, doubled or replaced.
fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    (0..text.len(), 0..text.len(), "[\\PC]{0,3}", 0..3_u8).prop_map(move |(a, b, new, how)| {
        let (from, to) = (a.min(b), a.max(b));
        match how {
            0 => format!("{}{}", &text[..from], &text[to..]),
            1 => format!("{}{}{}", &text[..to], &text[from..to], &text[to..]),
            _ => format!("{}{new}{}", &text[..from], &text[to..]),
        }
    })
}

proptest! {
    #[test]
    fn any_query_is_answered(query in "(user|limit|from|to|u%73er|x)?[=&+%0-9a-f,u1;:/?@!$'()*~._-]{0,40}") {
        let target = format!("/mobile/home?{query}");
        let answer = paused(async { shop(ADA).get(&target).await });
        prop_assert!([200, 400, 422, 502].contains(&answer.status), "{}: {}", answer.status, answer.body);
        is_document(&answer)?;
    }

    #[test]
    fn any_path_is_answered(path in "[/.%0-9a-zA-F*,;:@~-]{0,30}") {
        let answer = paused(async { shop(ADA).get(&format!("/mobile/{path}")).await });
        prop_assert!([200, 400, 404, 405, 502].contains(&answer.status), "{}: {}", answer.status, answer.body);
        is_document(&answer)?;
    }

    #[test]
    fn any_body_is_answered(body in damaged(r#"{"sku":"a","count":2,"note":"\u00e9\ud83d\ude00","more":[1.5e3,null,{"a":{}}]}"#)) {
        let request = Request::post("/mobile/orders").header("content-type", "application/json");
        let answer = paused(async { shop(ADA).ask(request.body(Body::from(body.clone())).unwrap()).await });
        prop_assert!([201, 400, 422].contains(&answer.status), "{}: {}", answer.status, answer.body);
        // What is taken is JSON; what is refused may be JSON of another shape.
        prop_assert!(answer.status != 201 || is_json(&body), "{}", body);
        is_document(&answer)?;
    }

    #[test]
    fn any_answer_of_an_upstream_is_read_whole_or_not_at_all(body in damaged(ADA)) {
        let answer = paused(async { shop(String::leak(body.clone())).get("/mobile/home?user=u1").await });
        prop_assert!([200, 403, 502].contains(&answer.status), "{}: {}", answer.status, answer.body);
        prop_assert!(answer.status == 502 || is_json(&body), "{}", body);
        is_document(&answer)?;
    }
}
