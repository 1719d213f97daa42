//! Calls of a session: an access token that is over is renewed once.

use reqwest::RequestBuilder;
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;

use super::{Session, Trouble};
use crate::calendars::call::{Unanswered, read, send};

impl Session<'_> {
    /// The body of a success.
    pub(super) async fn call(
        &mut self,
        request: impl Fn(&reqwest::Client) -> RequestBuilder,
    ) -> Result<Vec<u8>, Trouble> {
        match self.send(&request).await {
            Err(Unanswered::Unauthorized) if !self.renewed => {
                self.renewed = true;
                self.access = self.google.access(&self.refresh).await?;
                self.send(&request).await.map_err(Unanswered::trouble)
            }
            other => other.map_err(Unanswered::trouble),
        }
    }

    /// As [`Session::call`], read.
    pub(super) async fn ask<T: DeserializeOwned>(
        &mut self,
        request: impl Fn(&reqwest::Client) -> RequestBuilder,
    ) -> Result<T, Trouble> {
        read(&self.call(request).await?)
    }

    async fn send(&self, request: &impl Fn(&reqwest::Client) -> RequestBuilder) -> Result<Vec<u8>, Unanswered> {
        send(&self.google.http, |http| request(http).bearer_auth(self.access.expose_secret())).await
    }
}
