//! The functions called from within: what the gateway keeps from them, and a queue that does not answer.

use std::net::TcpListener;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::Builder;
use aws_sdk_sqs::config::retry::RetryConfig;
use lambda_http::http::Request as HttpRequest;
use lambda_http::{Body, Request, RequestExt as _};
use runtime::http::{HttpResponse, TrustedHops};
use runtime::queue::Queue;
use serde_json::{Value, json};
use webhook_live_chat::LiveChat;
use webhook_missed_call::MissedCall;
use webhook_sms::Sms;
use webhook_web_form::WebForm;
use webhook_whatsapp::Whatsapp;
use xtask::samples::Delivery;

use crate::stage::{Tenant, address, number, stage, unique, wamessage};

/// The five functions over the table of the stack and a queue on a port where no one listens.
struct Functions {
    form: WebForm,
    whatsapp: Whatsapp,
    sms: Sms,
    chat: LiveChat,
    call: MissedCall,
}

impl Functions {
    fn without_a_queue() -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let config = Builder::from(&stage().aws).endpoint_url(&url).retry_config(RetryConfig::disabled()).build();
        let inbound = Queue::new(Client::from_conf(config), format!("{url}/000000000000/inbound.fifo"));
        let store = &stage().store;
        Self {
            form: WebForm { store: store.clone(), inbound: inbound.clone(), trusted_hops: TrustedHops::default() },
            whatsapp: Whatsapp { store: store.clone(), inbound: inbound.clone() },
            sms: Sms { store: store.clone(), inbound: inbound.clone(), public_url: None },
            chat: LiveChat {
                store: store.clone(),
                inbound: inbound.clone(),
                files: files::Files::new(&stage().aws, stage().output("FilesBucket").to_owned()),
                trusted_hops: TrustedHops::default(),
                most_held: 0,
            },
            call: MissedCall { store: store.clone(), inbound, public_url: None },
        }
    }

    fn answer(&self, delivery: &Delivery) -> HttpResponse {
        let request = request(delivery);
        stage().block_on(async {
            match delivery.path.split('/').nth(2).unwrap() {
                "web-form" => self.form.handle(&request).await,
                "whatsapp" => self.whatsapp.handle(&request).await,
                "sms" => self.sms.handle(&request).await,
                "live-chat" => self.chat.handle(&request).await,
                _ => self.call.handle(&request).await,
            }
        })
    }
}

/// The request as the gateway hands it to a function.
fn request(delivery: &Delivery) -> Request {
    let host = &stage().stack.host;
    let mut request =
        HttpRequest::builder().method(delivery.method.as_str()).uri(format!("https://{host}{}", delivery.path));
    for (name, value) in &delivery.headers {
        request = request.header(name, value);
    }
    let path = delivery.path.split('?').next().unwrap();
    request.body(Body::Text(delivery.body.clone())).unwrap().with_raw_http_path(path)
}

fn right_ones(roofer: &Tenant) -> Vec<Delivery> {
    let message = wamessage(&unique(), &number(), json!({"type": "text", "text": {"body": "Hello"}}));
    let sid = unique();
    let twilio = [("AccountSid", roofer.key("sms.account_sid")), ("To", roofer.key("sms.number"))];
    let call = [("CallSid", sid.as_str()), ("From", "+14155550147"), ("CallStatus", "busy")];
    let call = form_urlencoded::Serializer::new(String::new()).extend_pairs(twilio).extend_pairs(call).finish();
    vec![
        roofer.form_delivery(&json!({"email": address(), "message": "Hello"})),
        roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": [message]}))]),
        roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": [message, message]}))]),
        roofer.sms_delivery(&[("MessageSid", &sid), ("From", &number()), ("Body", "Hello")]),
        roofer.chat_delivery(&json!({"session_id": unique(), "message": "Hello"})),
        roofer.missed_call_delivery(&json!({"caller": number()})),
        roofer.delivery("missed-call", &call),
    ]
}

#[test]
fn a_queue_that_does_not_answer_is_503_so_that_the_vendor_tries_again() {
    let functions = Functions::without_a_queue();
    for delivery in right_ones(&Tenant::roofer()) {
        let answer = functions.answer(&delivery);
        assert_eq!(answer.status(), 503, "{}", delivery.path);
        assert_eq!(answer.headers()["retry-after"], "5");
        let body: Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(body["detail"], "try again in a moment");
    }
}

#[test]
fn a_method_that_a_webhook_does_not_take_is_405() {
    let functions = Functions::without_a_queue();
    for mut delivery in right_ones(&Tenant::roofer()) {
        "PUT".clone_into(&mut delivery.method);
        assert_eq!(functions.answer(&delivery).status(), 405, "{}", delivery.path);
    }
    let mut poll = Tenant::roofer().poll_delivery(&unique(), "");
    "POST".clone_into(&mut poll.method);
    assert_eq!(functions.answer(&poll).status(), 405);
}

#[test]
fn a_path_that_is_not_the_functions_own_is_404() {
    let functions = Functions::without_a_queue();
    for mut delivery in right_ones(&Tenant::roofer()) {
        delivery.path.push_str("/more");
        assert_eq!(functions.answer(&delivery).status(), 404, "{}", delivery.path);
    }
}

#[test]
fn a_browser_may_ask_before_it_posts_or_polls() {
    let (functions, roofer) = (Functions::without_a_queue(), Tenant::roofer());
    let form = roofer.form_delivery(&json!({}));
    let chat = roofer.chat_delivery(&json!({}));
    for mut preflight in [form, chat, roofer.poll_delivery(&unique(), ""), roofer.history_delivery(&unique(), "")] {
        "OPTIONS".clone_into(&mut preflight.method);
        let answer = functions.answer(&preflight);
        assert_eq!(answer.status(), 204, "{}", preflight.path);
        let header = |name: &str| answer.headers()[name].to_str().unwrap();
        // It carries no key yet, so it is let through from anywhere; the request itself is not (see `refusals`).
        assert_eq!(header("access-control-allow-origin"), "https://www.example.com");
        assert!(header("access-control-allow-methods").contains("POST"));
        assert!(header("access-control-allow-headers").contains("x-widget-key, x-chat-session"));
    }
}

#[test]
fn a_page_may_read_the_answer_that_refuses_it() {
    let (functions, roofer) = (Functions::without_a_queue(), Tenant::roofer());
    let answer = functions.answer(&roofer.form_delivery(&json!({"message": "Hello"})));
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://www.example.com");
}
