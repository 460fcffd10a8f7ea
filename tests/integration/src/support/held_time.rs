use std::pin::pin;
use std::time::Duration;

/// Time that only goes on when it is told to, while the sockets work as ever: what is timed is over when a test says so, and not when a
/// machine has been slow. Before time passes, a test waits for what has to have begun.
pub struct HeldTime {
    _holds_time: tokio::sync::oneshot::Sender<()>,
}

impl HeldTime {
    /// Tokio moves paused time on by itself when all is idle, but not while a blocking task runs.
    pub fn pause() -> Self {
        let (holds_time, released) = tokio::sync::oneshot::channel::<()>();
        tokio::task::spawn_blocking(move || {
            let _ = released.blocking_recv();
        });
        tokio::time::pause();
        Self { _holds_time: holds_time }
    }

    /// Lets time go by and gives everything the opportunity to happen that is due.
    pub async fn pass(&self, time: Duration) {
        // A timer is due in the millisecond after.
        tokio::time::advance(time + Duration::from_millis(1)).await;
        for _ in 0..5 {
            tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(3))).await.unwrap();
        }
    }

    /// From now on time goes by itself.
    pub fn let_go(self) {
        tokio::time::resume();
    }

    /// Lets this much time go by again and again until that is done, whatever it waits for.
    pub async fn run_out<T>(step: Duration, waiting: impl Future<Output = T>) -> T {
        let (time, mut waiting) = (Self::pause(), pin!(waiting));
        loop {
            tokio::select! {
                biased;
                output = &mut waiting => {
                    time.let_go();
                    return output;
                }
                () = time.pass(step) => {}
            }
        }
    }
}
