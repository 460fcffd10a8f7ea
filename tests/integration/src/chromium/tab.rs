use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{OPTIONS, profile_option, program};

/// For a machine that is very busy.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// A window of a browser that is told what to do (Chrome `DevTools` Protocol, over pipes). It ends with this value.
pub struct Tab {
    process: Child,
    commands: ChildStdin,
    messages: BufReader<ChildStdout>,
    last: u64,
    session: String,
    _profile: TempDir,
}

impl Tab {
    pub fn open() -> Self {
        let profile = tempfile::tempdir().unwrap();
        // The protocol is spoken on the file descriptors 3 and 4.
        let pipes = "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";
        let mut command = Command::new("sh");
        command.args(["-c", pipes, "sh"]).arg(program()).args(OPTIONS);
        command.args([profile_option(profile.path()).as_str(), "--remote-debugging-pipe", "about:blank"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let commands = process.stdin.take().unwrap();
        let messages = BufReader::new(process.stdout.take().unwrap());
        let mut tab = Self { process, commands, messages, last: 0, session: String::new(), _profile: profile };
        let target = tab.tell("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = tab.tell("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        attached["sessionId"].as_str().unwrap().clone_into(&mut tab.session);
        tab.tell("Page.enable", &json!({}));
        tab.window(1200, false);
        tab
    }

    /// The language that it asks for, as in `Accept-Language`.
    pub fn ask_for_language(&mut self, accepted: &str) {
        self.tell("Network.enable", &json!({}));
        self.tell("Network.setExtraHTTPHeaders", &json!({ "headers": { "Accept-Language": accepted } }));
    }

    /// Accepts every certificate for good: those of tests are issued by no CA that the browser trusts.
    pub fn trust_any_certificate(&mut self) {
        self.tell("Security.setIgnoreCertificateErrors", &json!({ "ignore": true }));
    }

    /// So wide, and dark where the person likes it.
    pub fn window(&mut self, width: u32, is_dark: bool) {
        let scheme = if is_dark { "dark" } else { "light" };
        let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", &size);
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.tell("Emulation.setEmulatedMedia", &media);
    }

    pub fn go(&mut self, url: &str) {
        // The answer may come just before the new page does.
        self.leave();
        self.tell("Page.navigate", &json!({ "url": url }));
    }

    pub fn back(&mut self) {
        self.leave();
        self.evaluate("history.back()");
    }

    /// What the page says is not read any more, until another one, or this one once more, is shown.
    fn leave(&mut self) {
        self.evaluate("document.left = true; addEventListener('pageshow', () => document.left = false)");
    }

    /// Clicks in the middle of what the selector finds, as a mouse does. It leads to another page.
    pub fn click(&mut self, selector: &str) {
        let found = format!(
            "(() => {{ const found = document.querySelector({selector:?}); if (!found) return null; \
             const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        );
        let place =
            self.wait(&format!("{selector} to click"), |tab| Some(tab.evaluate(&found)).filter(Value::is_array));
        self.leave();
        for event in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": event, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.tell("Input.dispatchMouseEvent", &event);
        }
    }

    /// Waits for a page that says this, and returns all that it says.
    pub fn read(&mut self, wanted: &str) -> String {
        self.wait(&format!("{wanted:?}"), |tab| Some(tab.text()).filter(|text| text.contains(wanted)))
    }

    pub fn text(&mut self) -> String {
        let text = self.evaluate("document.readyState === 'complete' && !document.left ? document.body.innerText : ''");
        text.as_str().unwrap_or_default().to_owned()
    }

    pub fn url(&mut self) -> String {
        self.evaluate("location.href").as_str().unwrap_or_default().to_owned()
    }

    /// `null` where the page goes away meanwhile.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let answer = self.ask("Runtime.evaluate", &json!({ "expression": script, "returnByValue": true }));
        answer["result"]["result"]["value"].clone()
    }

    /// The cookies of the page's site, as `name=value`, also those that no script sees.
    pub fn cookies(&mut self) -> Vec<Value> {
        self.tell("Network.getCookies", &json!({}))["cookies"].as_array().cloned().unwrap_or_default()
    }

    pub fn set_cookie(&mut self, cookie: &Value) {
        self.tell("Network.setCookie", cookie);
    }

    /// Whether what is on the page goes beyond the window to the side.
    pub fn overflows(&mut self) -> bool {
        self.evaluate("document.documentElement.scrollWidth > window.innerWidth").as_bool().unwrap_or(true)
    }

    /// Pictures of the page for people to look at, light and dark, wide and narrow; where `$GRANTKIT_SCREENSHOTS` says.
    pub fn picture(&mut self, name: &str) {
        for (width, is_dark, suffix) in [
            (1200, false, "wide-light"),
            (1200, true, "wide-dark"),
            (360, false, "narrow-light"),
            (360, true, "narrow-dark"),
        ] {
            self.window(width, is_dark);
            self.wait(&format!("{name} within {width} pixels"), |tab| (!tab.overflows()).then_some(()));
            if let Some(folder) = std::env::var_os("GRANTKIT_SCREENSHOTS") {
                let picture = self.tell("Page.captureScreenshot", &json!({ "format": "png" }));
                let picture = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
                std::fs::write(std::path::Path::new(&folder).join(format!("{name}-{suffix}.png")), picture).unwrap();
            }
        }
        self.window(1200, false);
    }

    fn wait<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Option<T>) -> T {
        let end = Instant::now() + MAX_WAIT;
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            assert!(Instant::now() < end, "no {what} at {}: {}", self.url(), self.text());
            sleep(Duration::from_millis(50));
        }
    }

    fn tell(&mut self, method: &str, parameters: &Value) -> Value {
        let answer = self.ask(method, parameters);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = self.session.as_str().into();
        }
        self.commands.write_all(format!("{message}\0").as_bytes()).unwrap();
        self.commands.flush().unwrap();
        loop {
            let mut message = Vec::new();
            self.messages.read_until(0, &mut message).unwrap();
            assert_eq!(message.pop(), Some(0), "the browser has ended");
            let message: Value = serde_json::from_slice(&message).unwrap();
            if message["id"] == self.last {
                return message;
            }
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
