use super::*;

fn successor() -> RefreshToken {
    RefreshToken::new("successor")
}

#[tokio::test]
async fn a_refresh_goes_on_when_its_report_is_replied_to() {
    let (refresh, mut reports) = watch(async {
        about_to_send().await?;
        answered(Some(successor())).await
    });
    let mut refresh = pin!(refresh);
    let mut told = Vec::new();
    let outcome = loop {
        match next(refresh.as_mut(), &mut reports).await {
            Progress::Report(report) => {
                told.push(matches!(report.event, Event::AboutToSend));
                report.reply.send(Ok(()));
            }
            Progress::Ended(outcome) => break outcome,
        }
    };
    outcome.unwrap();
    assert_eq!(told, [true, false]);
}

#[tokio::test]
async fn a_refused_report_is_an_error_below() {
    let (refresh, mut reports) = watch(about_to_send());
    let mut refresh = pin!(refresh);
    let Progress::Report(report) = next(refresh.as_mut(), &mut reports).await else { panic!("nothing was told") };
    report.reply.send(Err(Error::temporary("others were here")));
    let Progress::Ended(outcome) = next(refresh.as_mut(), &mut reports).await else { panic!("it goes on") };
    assert!(outcome.unwrap_err().to_string().contains("others were here"));
}

#[tokio::test]
async fn a_report_without_a_listener_sends_nothing() {
    let (refresh, reports) = watch(about_to_send());
    drop(reports);
    refresh.await.unwrap_err();
}

#[tokio::test]
async fn outside_of_a_watched_refresh_nothing_is_told() {
    about_to_send().await.unwrap();
    answered(Some(successor())).await.unwrap();
}

#[tokio::test]
async fn a_successor_is_told_also_where_the_refresh_fails() {
    let refresh = async {
        about_to_send().await?;
        answered(Some(successor())).await?;
        Err::<(), _>(Error::temporary("the rest of the answer was no good"))
    };
    let (outcome, told) = observed(refresh).await;
    assert!(outcome.is_err() && told == Told::ReplacedBy(successor()));
}

#[tokio::test]
async fn what_is_told_last_of_a_refresh_token_counts() {
    let no_good = || Error::temporary("no answer");
    let (_, told) = observed(async { Err::<(), _>(no_good()) }).await;
    assert_eq!(told, Told::NotSent);
    let (_, told) = observed(async {
        about_to_send().await?;
        Err::<(), _>(no_good())
    })
    .await;
    assert_eq!(told, Told::Sent);
    let (_, told) = observed(async {
        about_to_send().await?;
        answered(None).await
    })
    .await;
    assert_eq!(told, Told::Stays);
}
