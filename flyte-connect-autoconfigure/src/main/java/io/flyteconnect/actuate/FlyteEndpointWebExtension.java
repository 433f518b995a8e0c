package io.flyteconnect.actuate;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.flyteconnect.actuate.FlyteEndpoint.Action;
import io.flyteconnect.internal.text.SafeText;

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
	 * @return the description, 404 with the names of all connections if there is none of
	 * that name
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> connection(SecurityContext securityContext, @Selector String name) {
		return response(name, this.delegate.connection(name, this.showValues.isShown(securityContext, this.roles)));
	}

	/**
	 * Do something to a connection.
	 * @param name the name of the connection
	 * @param action what to do, by its name
	 * @return what was done, 404 with the names of all connections if there is none of
	 * that name, 400 with the names of all actions if there is none of that name
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> act(@Selector String name, @Nullable String action) {
		Action known = Action.find(action);
		return (known != null) ? response(name, this.delegate.act(name, known))
				: new WebEndpointResponse<>(unknown(action), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	private static Map<String, Object> unknown(@Nullable String action) {
		String problem = (action != null) ? "There is no action '" + SafeText.of(action) + "'" : "No action is named";
		return OperationResponseBody.of(Map.of("error", problem, "actions", Action.names()));
	}

	private WebEndpointResponse<Map<String, Object>> response(String name, @Nullable Map<String, Object> body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(this.delegate.unknown(name), WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
