package io.flyteconnect.test.identity;

import java.io.IOException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.util.HtmlUtils;

/**
 * The page where a person types the code that a device shows.
 */
class ActivationServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String userCode = request.getParameter("user_code");
		String value = (userCode != null) ? HtmlUtils.htmlEscape(userCode) : "";
		response.setContentType("text/html");
		response.getWriter()
			.write("<h1>Log in a device</h1><form method=\"get\" action=\"/oauth2/device_verification\">"
					+ "<label>Code <input name=\"user_code\" value=\"" + value
					+ "\"></label> <button type=\"submit\">Go on</button></form>");
	}

}
