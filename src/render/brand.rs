//! The house style of whoever hands a page over, as templates need it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::report::{Brand, Logo};

/// A brand with its logo as an address that holds the picture itself.
#[derive(Serialize)]
pub(super) struct BrandView<'a> {
    #[serde(flatten)]
    brand: &'a Brand,
    logo: Option<String>,
}

impl<'a> BrandView<'a> {
    pub(super) fn new(brand: &'a Brand) -> Self {
        Self { brand, logo: brand.logo.as_ref().map(data_url) }
    }
}

fn data_url(logo: &Logo) -> String {
    format!("data:{};base64,{}", logo.kind.media_type(), BASE64_STANDARD.encode(&logo.bytes))
}
