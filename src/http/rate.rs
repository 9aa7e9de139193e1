//! How much each caller may ask for, by what its requests cost.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// Callers that are told apart at once. Those beyond share one budget until others have been quiet long
/// enough to be forgotten.
const MAX_CALLERS: usize = 100_000;

/// Whom a request is charged to.
///
/// What authenticates a request puts it into the request's extensions; without it, the address of the
/// peer is charged.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallerKey(Caller);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Caller {
    Named(Arc<str>),
    Address(IpAddr),
    /// Pages of other origins at an address, which nobody vouches for yet.
    OtherPages(IpAddr),
    /// Of whom nothing is known, and those beyond [`MAX_CALLERS`].
    Others,
}

impl CallerKey {
    /// Returns the key of a caller that has a name, such as the id of its token.
    pub fn named(name: &str) -> Self {
        Self(Caller::Named(name.into()))
    }

    /// Returns the key of an address. Of IPv6 the network counts (64 bits): a single machine has all
    /// addresses in it.
    fn of_address(address: IpAddr) -> Self {
        Self(Caller::Address(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                IpAddr::V6(network.into())
            }
            address @ IpAddr::V4(_) => address,
        }))
    }

    /// Returns the key of pages of other origins at this address: they must not take what belongs to whoever
    /// opened them.
    pub(super) fn of_other_pages(self) -> Self {
        Self(match self.0 {
            Caller::Address(address) => Caller::OtherPages(address),
            caller => caller,
        })
    }
}

impl<S: Sync> FromRequestParts<S> for CallerKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if let Some(key) = parts.extensions.get::<Self>() {
            return Ok(key.clone());
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(peer.map_or(Self(Caller::Others), |ConnectInfo(peer)| {
            Self::of_address(peer.ip())
        }))
    }
}

/// What is left of a caller's budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Balance {
    /// Cost that may be spent within a minute, and at once.
    limit: u32,
    /// Cost that may be spent now.
    remaining: u32,
}

impl Balance {
    /// Tells the balance in the headers of an answer, as the drafts of the IETF's HTTPAPI group name
    /// them.
    pub(super) fn write(self, headers: &mut HeaderMap) {
        let spent = u64::from(self.limit - self.remaining);
        let until_full = (spent * 60).div_ceil(u64::from(self.limit));
        let policy = format!("{};w=60", self.limit);
        let values = [
            ("ratelimit-limit", HeaderValue::from(self.limit)),
            ("ratelimit-remaining", HeaderValue::from(self.remaining)),
            ("ratelimit-reset", HeaderValue::from(until_full)),
        ];
        for (name, value) in values {
            headers.insert(HeaderName::from_static(name), value);
        }
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(HeaderName::from_static("ratelimit-policy"), policy);
        }
    }
}

type Limiter<C> =
    RateLimiter<CallerKey, HashMapStateStore<CallerKey>, C, StateInformationMiddleware>;

/// The budgets of all callers.
pub(super) struct Budgets<C: Clock = DefaultClock> {
    limiter: Limiter<C>,
    clock: C,
    limit: NonZeroU32,
    max_callers: usize,
}

impl Budgets {
    /// Gives each caller a cost of `per_minute` to spend in a minute.
    pub(super) fn new(per_minute: NonZeroU32) -> Self {
        Self::with_clock(per_minute, DefaultClock::default(), MAX_CALLERS)
    }
}

impl<C: Clock + Clone> Budgets<C> {
    fn with_clock(per_minute: NonZeroU32, clock: C, max_callers: usize) -> Self {
        let quota = Quota::per_minute(per_minute);
        let limiter: Limiter<C> =
            RateLimiter::new(quota, HashMapStateStore::default(), clock.clone());
        Self {
            limiter,
            clock,
            limit: per_minute,
            max_callers,
        }
    }

    /// Takes `cost` from the budget of `caller`, or nothing if that much is not left. What costs more
    /// than a whole budget takes the whole.
    ///
    /// # Errors
    /// How long to wait, and what is left.
    pub(super) fn spend(
        &self,
        caller: &CallerKey,
        cost: usize,
    ) -> Result<Balance, (Duration, Balance)> {
        let limit = self.limit.get();
        let balance = |remaining| Balance { limit, remaining };
        let cost = u32::try_from(cost).unwrap_or(u32::MAX).min(limit);
        let Some(cost) = NonZeroU32::new(cost) else {
            return Ok(balance(limit));
        };
        let spent = self.limiter.check_key_n(&self.bounded(caller), cost);
        match spent {
            Ok(Ok(state)) => Ok(balance(state.remaining_burst_capacity())),
            Ok(Err(refused)) => {
                let wait = refused.wait_time_from(self.clock.now());
                let lacking = (wait.as_secs_f64() * f64::from(limit) / 60.0).ceil();
                // Saturates.
                let remaining = cost.get().saturating_sub(lacking as u32);
                Err((wait, balance(remaining)))
            }
            // Not more than the whole budget is asked for.
            Err(_) => Err((Duration::from_secs(60), balance(0))),
        }
    }

    /// Returns the key itself while there is room for it.
    fn bounded(&self, caller: &CallerKey) -> CallerKey {
        if self.limiter.len() >= self.max_callers {
            self.limiter.retain_recent();
        }
        if self.limiter.len() >= self.max_callers {
            return CallerKey(Caller::Others);
        }
        caller.clone()
    }
}

/// The account of one HTTP request, which may hold several GraphQL requests.
#[derive(Clone)]
pub(super) struct Account {
    budgets: Arc<Budgets>,
    caller: CallerKey,
    last: Arc<Mutex<Option<Balance>>>,
}

impl Account {
    /// Opens the account of `caller`.
    pub(super) fn new(budgets: Arc<Budgets>, caller: CallerKey) -> Self {
        Self {
            budgets,
            caller,
            last: Arc::default(),
        }
    }

    /// Takes `cost` from the caller's budget.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn spend(&self, cost: usize) -> Result<(), Duration> {
        let spent = self.budgets.spend(&self.caller, cost);
        let (balance, outcome) = match spent {
            Ok(balance) => (balance, Ok(())),
            Err((wait, balance)) => (balance, Err(wait)),
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(balance);
        outcome
    }

    /// Returns what was left after the last spending.
    pub(super) fn balance(&self) -> Option<Balance> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn budgets(
        per_minute: u32,
        max_callers: usize,
    ) -> (Budgets<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let limit = NonZeroU32::new(per_minute).expect("not zero");
        (
            Budgets::with_clock(limit, clock.clone(), max_callers),
            clock,
        )
    }

    fn left(remaining: u32) -> Balance {
        Balance {
            limit: 60,
            remaining,
        }
    }

    #[test]
    fn a_budget_is_spent_by_cost_and_comes_back_with_time() {
        let (budgets, clock) = budgets(60, 10);
        let caller = CallerKey::named("a");
        assert_eq!(budgets.spend(&caller, 50), Ok(left(10)));
        let (wait, balance) = budgets.spend(&caller, 20).expect_err("10 are left");
        assert_eq!((wait.as_secs_f64().ceil() as u32, balance), (10, left(10)));
        assert_eq!(budgets.spend(&caller, 10), Ok(left(0)), "nothing was taken");
        clock.advance(wait);
        assert!(budgets.spend(&caller, 10).is_ok());
        assert!(budgets.spend(&caller, 1).is_err());
        assert_eq!(budgets.spend(&CallerKey::named("b"), 1), Ok(left(59)));
    }

    #[test]
    fn what_costs_more_than_a_budget_takes_the_whole() {
        let (budgets, _) = budgets(60, 10);
        let caller = CallerKey::named("a");
        assert_eq!(budgets.spend(&caller, 5_000), Ok(left(0)));
        let (wait, _) = budgets.spend(&caller, 5_000).expect_err("nothing is left");
        assert!(wait <= Duration::from_secs(60), "{wait:?}");
    }

    #[test]
    fn callers_beyond_those_told_apart_share_a_budget_and_quiet_ones_are_forgotten() {
        let (budgets, clock) = budgets(60, 3);
        for name in ["a", "b", "c"] {
            assert!(budgets.spend(&CallerKey::named(name), 60).is_ok());
        }
        assert!(budgets.spend(&CallerKey::named("d"), 40).is_ok());
        assert!(budgets.spend(&CallerKey::named("e"), 40).is_err());
        assert!(budgets.limiter.len() <= 4);
        clock.advance(Duration::from_secs(121));
        assert!(budgets.spend(&CallerKey::named("e"), 40).is_ok());
        assert!(budgets.spend(&CallerKey::named("f"), 40).is_ok());
        assert!(budgets.limiter.len() <= 3, "{}", budgets.limiter.len());
    }

    #[track_caller]
    fn check_same(a: &str, b: &str, expected: bool) {
        let key = |address: &str| CallerKey::of_address(address.parse().expect("an address"));
        assert_eq!(key(a) == key(b), expected, "{a} {b}");
    }

    #[test]
    fn addresses_of_one_network_of_ipv6_are_one_caller() {
        check_same("192.0.2.1", "192.0.2.1", true);
        check_same("192.0.2.1", "192.0.2.2", false);
        check_same("192.0.2.1", "::ffff:192.0.2.1", true);
        check_same("2001:db8::1", "2001:db8::2:1", true);
        check_same("2001:db8::1", "2001:db8:0:1::1", false);
    }

    #[test]
    fn the_headers_tell_limit_rest_and_time() {
        let mut headers = HeaderMap::new();
        left(15).write(&mut headers);
        assert_eq!(headers["ratelimit-limit"], "60");
        assert_eq!(headers["ratelimit-remaining"], "15");
        assert_eq!(headers["ratelimit-reset"], "45");
        assert_eq!(headers["ratelimit-policy"], "60;w=60");
    }
}
