use shuttle::future::block_on;

use super::actors::{Act, PUT, Stage};
use super::scenarios::DUE;
use super::simulation::in_many_orders;

#[test]
fn refused() {
    in_many_orders(|| {
        let (stage, headers) = Stage::cached();
        stage.play([Act::Refuse(headers.clone()), Act::Refuse(headers.clone()), Act::Refuse(headers)]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("2", 2));
    });
}

#[test]
fn refused_while_it_is_renewed() {
    in_many_orders(|| {
        let (stage, headers) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.play([Act::Refuse(headers.clone()), Act::ReadWithoutWaiting, Act::Refuse(headers)]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("2", 2));
    });
}

/// However reports, readers and a renewal meet: once the renewal is refused for good, the rejected token is served no more.
#[test]
fn refused_for_good() {
    for is_due in [false, true] {
        in_many_orders(move || {
            let (stage, headers) = Stage::cached();
            if is_due {
                stage.simulation.advance(DUE);
            }
            stage.simulation.end_the_login();
            stage.play([Act::Refuse(headers.clone()), Act::Read, Act::Refuse(headers)]);
            assert!(block_on(stage.read()).unwrap_err().needs_login());
            assert_eq!(stage.simulation.requests(), 2);
            stage.play([Act::Put]);
            assert_eq!(stage.text(), PUT);
        });
    }
}

/// A login that is finished meanwhile stays, whatever comes of the renewal.
#[test]
fn put_while_it_is_refused_for_good() {
    in_many_orders(|| {
        let (stage, headers) = Stage::cached();
        stage.simulation.end_the_login();
        stage.play([Act::Refuse(headers.clone()), Act::Put, Act::Refuse(headers)]);
        assert_eq!(stage.text(), PUT);
    });
}
