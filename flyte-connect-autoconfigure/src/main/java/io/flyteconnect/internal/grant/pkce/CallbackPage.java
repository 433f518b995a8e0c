package io.flyteconnect.internal.grant.pkce;

import org.springframework.web.util.HtmlUtils;

/**
 * The page that a person sees at the end of a login. It loads nothing and links nowhere.
 *
 * @param status the HTTP status
 * @param title what happened
 * @param text what to do now
 */
record CallbackPage(int status, String title, String text) {

	static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;"
			+ "place-items:center;background:#f6f5fb;color:#1c1533}"
			+ "main{max-width:28rem;margin:1rem;padding:2rem;background:#fff;border-radius:12px;"
			+ "box-shadow:0 1px 3px rgba(28,21,51,.2);border-top:6px solid #6f2aef}"
			+ "main.failed{border-color:#c62828}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0;overflow-wrap:anywhere}"
			+ "@media(prefers-color-scheme:dark){body{background:#15121f;color:#eceaf5}main{background:#221d33}}";

	static CallbackPage success() {
		return new CallbackPage(200, "You are logged in to Flyte", "You can close this page and go back.");
	}

	static CallbackPage failure(String reason) {
		return new CallbackPage(400, "The login failed", reason);
	}

	String html() {
		return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
				+ "content=\"width=device-width,initial-scale=1\"><title>" + HtmlUtils.htmlEscape(this.title)
				+ "</title><style>" + STYLE + "</style></head><body><main"
				+ ((this.status != 200) ? " class=\"failed\"" : "") + "><h1>" + HtmlUtils.htmlEscape(this.title)
				+ "</h1><p>" + HtmlUtils.htmlEscape(this.text) + "</p></main></body></html>";
	}

}
