bff_macros::include_bff!(mobile);

fn main() {}
