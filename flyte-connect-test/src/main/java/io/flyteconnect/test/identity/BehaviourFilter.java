package io.flyteconnect.test.identity;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Records the requests of clients and lets the programmed behaviour answer first.
 */
class BehaviourFilter implements Filter {

	private static final Set<String> TOKEN_PATHS = Set.of("/oauth2/token", "/oauth2/device_authorization");

	// A person's browser opens these; it cannot be told to send a proxy's header.
	private static final Set<String> PAGES = Set.of("/login", "/logout", "/activate", "/oauth2/authorize",
			"/oauth2/device_verification", "/default-ui.css");

	private final TokenRequestLog log;

	private final TokenRequestLog authorizationLog;

	private final ProviderBehaviour behaviour;

	BehaviourFilter(ProviderSettings settings) {
		this.log = settings.log();
		this.authorizationLog = settings.authorizationLog();
		this.behaviour = settings.behaviour();
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		if (httpRequest.getRequestURI().equals("/oauth2/authorize")) {
			this.authorizationLog.add(httpRequest);
		}
		if (!TOKEN_PATHS.contains(httpRequest.getRequestURI())) {
			answer(httpRequest, httpResponse, chain);
			return;
		}
		this.log.begin(httpRequest);
		try {
			this.behaviour.pause();
			if (this.behaviour.lacksProxyAuthorization(httpRequest) || !this.behaviour.answer(httpResponse)) {
				answer(httpRequest, httpResponse, chain);
			}
		}
		finally {
			this.log.end();
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!PAGES.contains(request.getRequestURI()) && this.behaviour.lacksProxyAuthorization(request)) {
			// As Google's Identity-Aware Proxy answers.
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
			response.setContentType("text/plain");
			response.getWriter().write("Invalid IAP credentials: empty or unknown token");
			return;
		}
		chain.doFilter(request, response);
	}

}
