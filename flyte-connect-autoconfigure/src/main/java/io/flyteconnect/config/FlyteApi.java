package io.flyteconnect.config;

/**
 * Whose API a connection speaks.
 *
 * @since 0.1.0
 */
public enum FlyteApi {

	/**
	 * That of Flyte 1: executions of launch plans
	 * ({@code flyteidl.service.AdminService}). The default.
	 */
	V1,

	/**
	 * That of Flyte 2: runs of tasks ({@code flyteidl2.workflow.RunService}).
	 */
	V2

}
