use std::time::Duration;

/// Time that only goes on when it is told to, while the sockets work as ever.
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
}
