package io.flyteconnect.samples.dashboard.web;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Refuses requests that change something and come from a page of another site.
 * <p>
 * The dashboard has no users and no sessions, so there is nothing to bind a CSRF token
 * to. But whoever can reach it acts with its login at Flyte, and any page that is open in
 * a browser on the same machine could send it a form. Browsers say where such a request
 * comes from, and no page can change that: {@code Sec-Fetch-Site}, or {@code Origin} in
 * browsers that do not send it. Clients that are no browsers send neither, and are let
 * through. An application with Spring Security uses its {@code CsrfFilter} instead.
 */
@Component
class SameOriginFilter extends OncePerRequestFilter {

	private static final Set<String> SAFE = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(),
			HttpMethod.OPTIONS.name(), HttpMethod.TRACE.name());

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return SAFE.contains(request.getMethod());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isFromHere(request)) {
			chain.doFilter(request, response);
		}
		else {
			response.sendError(HttpStatus.FORBIDDEN.value(), "The request comes from a page of another site");
		}
	}

	private boolean isFromHere(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			// "none" is a person at the address bar, never a page.
			return site.equals("same-origin") || site.equals("none");
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || origin.equals(ownOrigin(request));
	}

	// As forwarded headers have it, where server.forward-headers-strategy says so.
	private String ownOrigin(HttpServletRequest request) {
		URI own = ServletUriComponentsBuilder.fromContextPath(request).replacePath("").build().toUri();
		return own.toString();
	}

}
