//! Whole requests: what is sent when, and what comes out.

use bff_core::error::FailureKind;

use crate::mocks::{Mock, Upstreams};
use Mock::{Answer, Fail, Never};

const ADA: &str = r#"{"id":"u1","givenName":"Ada","familyName":"L","loyaltyId":null,"tier":"gold","x":[1,{}]}"#;
const BEA: &str = r#"{"id":"u1","givenName":"Bea","familyName":"\u00e9\"","loyaltyId":"l9","tier":"basic"}"#;
const TWO: &str = r#"{"items":[{"id":7,"total":1e3},{"id":"b","total":"0.10"}]}"#;
const RECS: &str = r#"[{"sku":"p1"},{"sku":"p2"}]"#;

#[tokio::test(start_paused = true)]
async fn a_screen_is_put_together_from_its_calls() {
    let shop = Upstreams::new(&[
        ("/users/u1", 10, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 20, Answer(200, TWO)),
        ("/recs/u1", 5, Answer(200, RECS)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body,
        r#"{"id":"u1","name":"Ada L","tier":"plus","orders":[{"id":7,"total":"1000"},{"id":"b","total":"0.10"}],"recommended":["p1","p2"],"degraded":[]}"#
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-answered"), Some("to GET"));
    assert_eq!(answer.header("bff-partial"), None);
}
