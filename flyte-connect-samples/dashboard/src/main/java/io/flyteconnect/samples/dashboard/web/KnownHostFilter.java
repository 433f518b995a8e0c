package io.flyteconnect.samples.dashboard.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only who asks for the dashboard by a name of its own. A page of another site
 * whose name has been pointed at this machine meanwhile (DNS rebinding) asks for that
 * name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class KnownHostFilter extends OncePerRequestFilter {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");

	private final Set<String> hosts;

	/**
	 * Create the filter.
	 * @param hosts the names that are known besides those of the loopback
	 */
	KnownHostFilter(@Value("${dashboard.hosts:}") List<String> hosts) {
		this.hosts = Stream
			.concat(LOOPBACK.stream(), hosts.stream().map((host) -> host.strip().toLowerCase(Locale.ROOT)))
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.hosts.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
			chain.doFilter(request, response);
		}
		else {
			// RFC 9110 section 15.5.20. No page: the name is not this dashboard's.
			response.setStatus(HttpStatus.MISDIRECTED_REQUEST.value());
			response.setContentType("text/plain;charset=utf-8");
			response.getWriter()
				.write("This dashboard is asked by a name that it does not know. Ask for localhost,"
						+ " or name the host in the property dashboard.hosts.\n");
		}
	}

}
