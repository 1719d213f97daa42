//! HTTP to this machine. Names under `localhost` are not looked up (not every system's resolver knows them): requests
//! go to 127.0.0.1 and name the host they are for.

use std::time::Duration;

use anyhow::{Context, Result};

/// A client for one port of this machine.
pub struct Http {
    agent: ureq::Agent,
    port: u16,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names, in lower case, and values.
    pub headers: Vec<Header>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// A header's value, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// A header's name and value.
pub type Header = (String, String);

impl Http {
    /// A client for `port`; any status is an answer, and an answer takes 30 s at most.
    #[must_use]
    pub fn to_port(port: u16) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // A redirect is an answer too, and leads to other hosts than this one.
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .proxy(None)
            .build();
        Self { agent: config.new_agent(), port }
    }

    /// Sends a GET to `path`, which begins with `/`.
    ///
    /// # Errors
    /// When no answer comes.
    pub fn get(&self, path: &str, headers: &[Header]) -> Result<Answer> {
        self.send("GET", path, headers, "")
    }

    /// Sends any request.
    ///
    /// # Errors
    /// When no answer comes.
    pub fn send(&self, method: &str, path: &str, headers: &[Header], body: &str) -> Result<Answer> {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let mut request = ureq::http::Request::builder().method(method).uri(&url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer =
            if body.is_empty() { self.agent.run(request.body(())?) } else { self.agent.run(request.body(body)?) };
        let mut answer = answer.with_context(|| format!("{method} {path} got no answer"))?;
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        Ok(Answer { status: answer.status().as_u16(), headers, body: answer.body_mut().read_to_string()? })
    }
}
