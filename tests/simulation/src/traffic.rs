use crate::scenario::{DAY, Scenario};

/// The calls of the day, by the second: who calls, and how often yet.
pub(crate) struct Traffic {
    seconds: Vec<Vec<(u32, u8)>>,
}

impl Traffic {
    /// People come by day more than by night; jobs run on the stroke of each hour.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let mut seconds = vec![Vec::new(); DAY];
        let mut begin = |second: usize, person: u32, calls: u8| {
            if let Some(callers) = seconds.get_mut(second) {
                callers.push((person, calls));
            }
        };
        for person in 0..scenario.people {
            if Scenario::is_job(person) {
                (0..24).for_each(|hour| begin(hour * 3600, person, 1));
            } else {
                (0..Scenario::SESSIONS).for_each(|_| begin(second_of_the_day(), person, Scenario::CALLS));
            }
        }
        Self { seconds }
    }

    /// Who calls in this second; they call again a minute later, until their session is over.
    pub(crate) fn take(&mut self, second: usize) -> Vec<u32> {
        let callers = self.seconds.get_mut(second).map(std::mem::take).unwrap_or_default();
        let next = second + Scenario::CALL_EVERY;
        if let Some(later) = self.seconds.get_mut(next) {
            later.extend(callers.iter().filter(|(_, calls)| *calls > 1).map(|(person, calls)| (*person, calls - 1)));
        }
        callers.into_iter().map(|(person, _)| person).collect()
    }
}

/// Around two in the afternoon, as the mean of three throws has it; now and then at night.
fn second_of_the_day() -> usize {
    let throw = (0..3).map(|_| fastrand::f64()).sum::<f64>() / 3.0;
    let shifted = (throw + 14.0 / 24.0 - 0.5).fract();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a day, not negative")]
    let second = (shifted.rem_euclid(1.0) * 86_400.0) as usize;
    second.min(DAY - 1)
}
