use std::pin::pin;

use super::context::RefreshContext;
use super::login::{Login, RefreshInFlight, Versioned};
use super::rules::Rules;
use super::state_machine::{Attempt, Next, State};
use super::storage::{LoginStorage, StoreFailure};
use crate::credentials::cached_token::by_clock;
use crate::credentials::sync;
use crate::error::{Delivery, Error};
use crate::refresh_progress::{self, Event, Progress};
use crate::telemetry;
use crate::time::ClockReading;
use crate::token::{OAuthToken, RefreshToken};

/// A token, and from when on what is left of its life counts: from when the request for it was sent.
pub(in crate::credentials) type FetchedToken = (OAuthToken, ClockReading);

/// What became of a refresh token.
enum Spent {
    Token(FetchedToken),
    /// Another process has put another: that one counts.
    Overtaken,
    /// There is none to spend, and why, where there was one.
    Nothing(Option<Error>),
}

/// What became of one request.
enum Outcome {
    Spent(Spent),
    /// No answer came: what stands now.
    Unanswered(Versioned<Login>, Error),
}

/// The put of another process is met this often at the most.
const MAX_LOGINS: usize = 8;
/// What was lost once may be lost by a moment's trouble; twice in a row, it is an outage.
const MAX_SENDS: usize = 2;

/// From the server: with the refresh token if there is one, else from the start.
pub(in crate::credentials) async fn fetch(
    flow: RefreshContext<'_>,
    storage: &impl LoginStorage,
) -> Result<FetchedToken, StoreFailure> {
    for _ in 0..MAX_LOGINS {
        let login = storage.newest().await?;
        let mut version = login.version;
        match spend(flow, storage, login, &mut version).await? {
            Spent::Token(got) => return Ok(got),
            Spent::Nothing(lost_login) => return start_over(flow, storage, version, lost_login).await,
            Spent::Overtaken => {}
        }
    }
    Err(StoreFailure::Fatal(Error::temporary("other processes keep changing the login in the token store: try again")))
}

async fn spend(
    flow: RefreshContext<'_>,
    storage: &impl LoginStorage,
    mut login: Versioned<Login>,
    version: &mut u64,
) -> Result<Spent, StoreFailure> {
    if storage.is_useless() {
        return Ok(Spent::Nothing(None));
    }
    let rules = Rules::of(flow);
    let mut lost = None;
    for sends in 0..=MAX_SENDS {
        let now = flow.time.now();
        let attempt = match Next::of(login, &rules, now.wall, storage.attempt_number()) {
            Next::Nothing => return Ok(Spent::Nothing(None)),
            // A connection would be made in vain, and what is under way is another task's.
            Next::GiveUp(_) | Next::Send(_) if storage.has_lost_turn() => {
                return Err(StoreFailure::Fatal(lost_turn()));
            }
            Next::GiveUp(spending) => {
                telemetry::refresh_token_in_doubt(flow.client.name());
                return Ok(Spent::Nothing(Some(given_up(spending, lost))));
            }
            Next::Send(attempt) => *attempt,
        };
        if let Some(error) = lost.take() {
            if sends == MAX_SENDS {
                return Err(StoreFailure::Fatal(if error.is_of_gateway() { login_may_be_over(error) } else { error }));
            }
            sync::pause(flow.policy.pause_before_sending_again()).await;
        }
        let mut attempt = attempt;
        let outcome = send(flow, storage, &rules, &mut attempt).await;
        *version = attempt.version();
        match outcome? {
            Outcome::Spent(spent) => return Ok(spent),
            Outcome::Unanswered(marked, error) => (login, lost) = (marked, Some(error)),
        }
    }
    Err(StoreFailure::Fatal(lost.unwrap_or_else(|| Error::temporary("no answer to a refresh came"))))
}

/// Sends the refresh token once.
async fn send(
    flow: RefreshContext<'_>,
    storage: &impl LoginStorage,
    rules: &Rules,
    attempt: &mut Attempt,
) -> Result<Outcome, StoreFailure> {
    let Some(token) = attempt.token().cloned() else { return Ok(Outcome::Spent(Spent::Nothing(None))) };
    let (subject, was_lost) = (attempt.subject().map(str::to_owned), attempt.was_sent_before());
    let mut progress = Sending { flow, storage, rules, sent: flow.time.now(), blocked: None, save_error: None };
    // A client that does not tell when its bytes leave may send them as soon as it is called.
    if !flow.client.announces_sending() && !progress.about_to_send(attempt).await {
        return progress.not_sent(attempt, Error::temporary("nothing was sent")).await;
    }
    let (refresh, mut reports) = refresh_progress::watch(flow.client.refresh_token(&token));
    let mut refresh = pin!(refresh);
    let outcome = loop {
        match refresh_progress::next(refresh.as_mut(), &mut reports).await {
            // What it hands out besides is kept here.
            Progress::Ended(outcome) => break outcome.map_err(Error::without_next_refresh_token),
            Progress::Report(report) => match report.event {
                Event::AboutToSend => {
                    let may_be_sent = progress.about_to_send(attempt).await;
                    let refused = || Error::temporary("the refresh token is not to be sent by this task any more");
                    report.reply.send(may_be_sent.then_some(()).ok_or_else(refused));
                }
                Event::Answered(successor) => {
                    progress.answered(attempt, successor.as_ref()).await;
                    report.reply.send(Ok(()));
                }
            },
        }
    };
    match outcome {
        Ok(token) => {
            telemetry::refreshed(flow.client.name());
            progress.answered(attempt, token.refresh_token()).await;
            // What has an ID token is judged by it before anyone has it.
            let token = flow.client.check_refreshed(token, subject.as_deref()).await.map_err(StoreFailure::Fatal)?;
            let token = by_clock(token, flow.time);
            storage.came_with(&token, progress.sent);
            match progress.save_error {
                Some(failure) => Err(failure),
                None => Ok(Outcome::Spent(Spent::Token((token, progress.sent)))),
            }
        }
        // The answer was no good but for what it says of the refresh token, which is kept.
        Err(error) if attempt.state() == State::Stored => {
            Err(progress.save_error.unwrap_or(StoreFailure::Fatal(error)))
        }
        Err(error) if progress.blocked.is_some() => progress.not_sent(attempt, error).await,
        Err(error) if error.needs_login() && error.delivery() != Delivery::Unknown && !error.keeps_refresh_token() => {
            let error = if was_lost { refused_after_loss(error) } else { error };
            match storage.end(attempt.refused(flow.time.now())).await {
                // There is another one, which was not refused.
                Ok(false) => Ok(Outcome::Spent(Spent::Overtaken)),
                Ok(true) | Err(_) => Ok(Outcome::Spent(Spent::Nothing(Some(error)))),
            }
        }
        Err(error) => match error.delivery() {
            // It would have told that the bytes leave.
            _ if attempt.state() == State::Idle => progress.not_sent(attempt, error).await,
            Delivery::Unknown => Ok(Outcome::Unanswered(attempt.unanswered(), error)),
            Delivery::NotSent | Delivery::Rejected => progress.not_sent(attempt, error).await,
        },
    }
}

/// Why a token must not be sent.
enum SendBlocked {
    /// Others have been here.
    Overtaken,
    /// What keeps the login did not take the mark.
    Unmarked(StoreFailure),
}

/// What a request has come to.
struct Sending<'a, S> {
    flow: RefreshContext<'a>,
    storage: &'a S,
    rules: &'a Rules,
    sent: ClockReading,
    blocked: Option<SendBlocked>,
    /// Why the successor is not kept.
    save_error: Option<StoreFailure>,
}

impl<S: LoginStorage> Sending<'_, S> {
    /// Tells whether it may be sent.
    async fn about_to_send(&mut self, attempt: &mut Attempt) -> bool {
        if let Some(marked) = attempt.mark(self.rules, self.flow.time.now()) {
            match self.storage.mark(marked).await {
                Ok(true) => {}
                Ok(false) => self.blocked = Some(SendBlocked::Overtaken),
                Err(failure) => self.blocked = Some(SendBlocked::Unmarked(failure)),
            }
        }
        if self.blocked.is_some() {
            return false;
        }
        attempt.sent();
        self.sent = self.flow.time.now();
        true
    }

    /// Keeps the successor.
    async fn answered(&mut self, attempt: &mut Attempt, successor: Option<&RefreshToken>) {
        if let Some(successor) = attempt.answered(successor, self.rules, self.flow.time.now()) {
            self.save_error = self.storage.save(successor).await.err();
        }
    }

    /// The server has not acted: the token is as good as it was.
    async fn not_sent(self, attempt: &mut Attempt, error: Error) -> Result<Outcome, StoreFailure> {
        match self.blocked {
            // The mark was not taken, or stands under a number that is known.
            Some(SendBlocked::Unmarked(failure)) => Err(failure),
            Some(SendBlocked::Overtaken) => Ok(Outcome::Spent(Spent::Overtaken)),
            None => {
                if let Some(as_it_was) = attempt.taken_back(self.flow.time.now()) {
                    // If this fails, it is known here to be unsaved.
                    let _ = self.storage.save(as_it_was).await;
                }
                if error.is_unsupported() {
                    self.storage.found_useless();
                    return Ok(Outcome::Spent(Spent::Nothing(None)));
                }
                Err(StoreFailure::Fatal(error))
            }
        }
    }
}

/// From the start, where that is possible without a person.
async fn start_over(
    flow: RefreshContext<'_>,
    storage: &impl LoginStorage,
    version: u64,
    lost_login: Option<Error>,
) -> Result<FetchedToken, StoreFailure> {
    storage.may_start_over()?;
    if flow.client.configured_refresh_token().is_some() {
        // To start over would be to send the configured refresh token, which came to an end here.
        let lost_login = lost_login.unwrap_or_else(|| {
            Error::login_required(
                "the server does not take the configured refresh token any more, or has replaced it and does not take its successor, or \
                 this process knows no more of the successor than that there was one: configure a new one. It is not sent again, also after \
                 `clear()`; where it was refused by mistake, put it in anew, with an expired token: \
                 `credentials.put(OAuthToken::new(\"none\")?.with_refresh_token(..).with_expires_at(SystemTime::UNIX_EPOCH))`",
            )
        });
        return Err(StoreFailure::Fatal(storage.lost(lost_login)));
    }
    let asked = flow.time.now();
    let version = Versioned { version, value: () }.version_in_its_place(asked);
    match (flow.client.get_token().await, lost_login) {
        (Ok(token), _) => {
            let token = by_clock(token, flow.time);
            telemetry::obtained(flow.client.name());
            if token.refresh_token().is_some() && !storage.is_useless() {
                let kept =
                    storage.save(Versioned { version, value: Login::of(token.granted_refresh_token(), None) }).await;
                storage.came_with(&token, asked);
                kept?;
            }
            Ok((token, asked))
        }
        // Why the login was lost says more than that there is none.
        (Err(error), Some(lost_login)) if error.needs_login() => Err(StoreFailure::Fatal(storage.lost(lost_login))),
        (Err(error), _) if error.needs_login() => Err(StoreFailure::Fatal(storage.lost(error))),
        (Err(error), _) => Err(StoreFailure::Fatal(error)),
    }
}

fn lost_turn() -> Error {
    Error::temporary(
        "the refresh took so long that another task has its turn, or another login has come meanwhile: try again",
    )
}

fn given_up(spending: RefreshInFlight, lost: Option<Error>) -> Error {
    let error = Error::login_required(match spending.sends {
        0 | 1 => {
            "the answer to a refresh request was lost, here or in another process, and the refresh token is not sent again: log \
             in again, or allow one retry with `RefreshPolicy::with_after_lost_response`"
        }
        _ => {
            "the answer to a refresh request was lost, here or in another process, also when the refresh token was sent once \
             more: log in again (`RefreshPolicy::with_after_lost_response`)"
        }
    });
    match lost {
        Some(lost) => error.with_source(lost),
        None => error,
    }
}

/// A refresh token that stays is not given up, since nothing is lost by sending it again when it is next asked for.
fn login_may_be_over(page: Error) -> Error {
    Error::login_required(
        "the refresh was answered twice by a web page in place of an OAuth answer: either something before the server does not let \
         it through, or the login is over; log in again if it lasts",
    )
    .with_source(page)
}

fn refused_after_loss(refusal: Error) -> Error {
    Error::login_required(
        "the answer to a refresh request was lost, and the server rejected the refresh token when it was sent once more, as it \
         had replaced it: log in again",
    )
    .with_source(refusal)
}
