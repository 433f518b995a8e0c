package io.flyteconnect.actuate;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.flyteconnect.actuate.FlyteEndpoint.Action;

/**
 * The endpoint over HTTP, where who looks decides about what is shown.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = FlyteEndpoint.class)
public final class FlyteEndpointWebExtension {

	private final FlyteEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues whether values are shown
	 * @param roles who is authorized to see them, empty for everybody who is logged in
	 */
	public FlyteEndpointWebExtension(FlyteEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describe all connections.
	 * @param securityContext who looks
	 * @return the descriptions by the names of the connections
	 */
	@ReadOperation
	public Map<String, Object> connections(SecurityContext securityContext) {
		return this.delegate.connections(this.showValues.isShown(securityContext, this.roles));
	}

	/**
	 * Describe a connection.
	 * @param securityContext who looks
	 * @param name the name of the connection
	 * @return the description, 404 if there is none of that name
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> connection(SecurityContext securityContext, @Selector String name) {
		return response(this.delegate.connection(name, this.showValues.isShown(securityContext, this.roles)));
	}

	/**
	 * Do something to a connection.
	 * @param name the name of the connection
	 * @param action what to do
	 * @return what was done, 404 if there is no connection of that name
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> act(@Selector String name, Action action) {
		return response(this.delegate.act(name, action));
	}

	private static WebEndpointResponse<Map<String, Object>> response(@Nullable Map<String, Object> body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
