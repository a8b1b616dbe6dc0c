bff_macros::include_bff!("web-shop");

fn main() {}
