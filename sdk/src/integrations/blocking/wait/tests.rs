use std::future::{Ready, poll_fn};
use std::time::Duration;

use super::*;
use crate::error::Result;

fn ready(value: u8) -> Ready<Result<u8>> {
    std::future::ready(Ok(value))
}

async fn sleep(milliseconds: u64) -> Result<()> {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    Ok(())
}

/// Ends when another thread says so, which is after it was polled.
fn later(value: u8) -> impl Future<Output = Result<u8>> {
    let is_over = Arc::new(AtomicBool::new(false));
    poll_fn(move |context| {
        if is_over.load(Ordering::Acquire) {
            return Poll::Ready(Ok(value));
        }
        let (is_over, waker) = (Arc::clone(&is_over), context.waker().clone());
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(5));
            is_over.store(true, Ordering::Release);
            waker.wake();
        });
        Poll::Pending
    })
}

#[test]
fn what_is_there_and_what_comes_is_returned() {
    assert_eq!((wait(ready(1)).unwrap(), wait(later(2)).unwrap()), (1, 2));
}

#[test]
fn timers_tasks_and_blocking_threads_are_those_of_its_runtime() {
    let named = wait(async {
        sleep(1).await?;
        let of_task = tokio::spawn(async { thread::current().name().map(str::to_owned) }).await.unwrap();
        let of_blocking = tokio::task::spawn_blocking(|| thread::current().name().map(str::to_owned)).await.unwrap();
        Ok::<_, Error>([of_task, of_blocking])
    });
    assert_eq!(named.unwrap().map(Option::unwrap_or_default), ["grantkit-blocking", "grantkit-blocking"]);
}

#[test]
fn within_a_runtime_it_blocks_and_does_not_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(async { wait(later(3)).unwrap() }), 3);
    let threads = tokio::runtime::Runtime::new().unwrap();
    let task = async { wait(sleep(1)) };
    threads.block_on(async { tokio::spawn(task).await.unwrap().unwrap() });
}

/// Tokio makes a task that has done much wait for its next turn.
#[test]
fn a_task_that_has_used_up_its_share_goes_on() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let sum = runtime.block_on(async {
        tokio::spawn(async {
            wait(async {
                let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
                let mut sum = 0;
                for number in 0..1000_u32 {
                    sender.send(number).unwrap();
                    sum += receiver.recv().await.unwrap();
                }
                Ok::<_, Error>(sum)
            })
            .unwrap()
        })
        .await
        .unwrap()
    });
    assert_eq!(sum, 499_500);
}

#[test]
fn a_call_within_a_call_takes_no_signal_of_the_outer_one() {
    let mut has_waited = false;
    // The outer one is woken while the inner one waits, on the same thread.
    let outer = poll_fn(move |context| {
        if std::mem::replace(&mut has_waited, true) {
            return Poll::Ready(Ok::<_, Error>(()));
        }
        let waker = context.waker().clone();
        let waking = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            waker.wake();
        });
        wait(sleep(100)).unwrap();
        waking.join().unwrap();
        Poll::Pending
    });
    // As `wait` polls once before it has a signal.
    let mut outer = pin!(outer);
    let mut polls = 0;
    let outer = poll_fn(|context| {
        polls += 1;
        if polls == 1 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        outer.as_mut().poll(context)
    });
    wait(outer).unwrap();
}

#[test]
fn on_its_own_thread_it_is_an_error_that_names_the_async_way() {
    let error =
        wait(async { Ok::<_, Error>(tokio::spawn(async { wait(ready(1)).unwrap_err() }).await.unwrap()) }).unwrap();
    assert!(error.is_configuration() && error.to_string().contains(".await"), "{error}");
}
