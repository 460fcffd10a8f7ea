use super::*;

fn body(form: Multipart) -> String {
    let (boundary, body) = form.into_body().unwrap();
    String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap().replace(&boundary, "B")
}

#[test]
fn parts_are_written_as_rfc_7578_has_it() {
    let scan = Part::bytes(&b"%PDF"[..]).file_name("scan.pdf").content_type("application/pdf");
    assert_eq!(
        body(Multipart::new().text("title", "Grüße").part("scan", scan)),
        "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nGrüße\r\n--B\r\nContent-Disposition: form-data; \
         name=\"scan\"; filename=\"scan.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--B--\r\n"
    );
    assert_eq!(body(Multipart::new()), "--B--\r\n");
}

#[test]
fn no_name_ends_its_quotes_or_its_line() {
    let form = Multipart::new().part("a\"b\r\nX: 1", Part::text("").file_name("\"; name=\"c"));
    assert_eq!(
        body(form),
        "--B\r\nContent-Disposition: form-data; name=\"a%22b%0D%0AX: 1\"; filename=\"%22; name=%22c\"\r\n\r\n\r\n--B--\r\n"
    );
    let smuggled = Part::text("").content_type("text/plain\r\nX: 1");
    assert!(Multipart::new().part("a", smuggled).into_body().unwrap_err().is_configuration());
}

#[test]
fn each_form_has_a_boundary_of_its_own() {
    let boundary = || Multipart::new().into_body().unwrap().0;
    assert_ne!(boundary(), boundary());
}

#[test]
fn no_content_is_shown() {
    let form = Multipart::new().text("key", "CANARY").part("file", Part::bytes(&b"CANARY"[..]));
    assert_eq!(format!("{form:?} {:?}", Part::text("CANARY")).matches("CANARY").count(), 0);
}
