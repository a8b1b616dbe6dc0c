use bff_macros::function;

#[function]
async fn waits(name: &str) -> String {
    name.to_owned()
}

#[function]
fn owned(name: &String, list: &Vec<f64>, count: &mut i64) -> String {
    format!("{name} {list:?} {count}")
}

#[function]
fn generic<T: ToString>(value: T) -> String {
    value.to_string()
}

#[function]
fn fails(name: &str) -> Result<String, ()> {
    Ok(name.to_owned())
}

struct Text;

impl Text {
    #[function]
    fn method(&self, name: &str) -> String {
        name.to_owned()
    }
}

fn main() {}
