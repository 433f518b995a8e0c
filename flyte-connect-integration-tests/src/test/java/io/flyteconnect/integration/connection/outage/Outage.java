package io.flyteconnect.integration.connection.outage;

import io.flyteconnect.testsupport.FaultProxy;

/**
 * The ways in which a token endpoint is down, and what callers are told of each.
 */
enum Outage {

	UNAVAILABLE("HTTP 503 temporarily_unavailable: restarting (%s)") {

		@Override
		void begin(Storm storm, FaultProxy way) {
			storm.provider()
				.failNext(Storm.CALLERS, 503,
						"{\"error\":\"temporarily_unavailable\",\"error_description\":\"restarting\"}");
		}

	},

	REFUSED("POST %s: cannot connect to the server (") {

		@Override
		void begin(Storm storm, FaultProxy way) {
			way.shut();
		}

	},

	SILENT("POST %s: no complete answer within 1000 ms") {

		@Override
		void begin(Storm storm, FaultProxy way) {
			way.swallowNew(true);
			way.reset();
		}

	};

	private final String message;

	Outage(String message) {
		this.message = message;
	}

	abstract void begin(Storm storm, FaultProxy way);

	void end(Storm storm, FaultProxy way) {
		storm.provider().reset();
		way.listen();
	}

	/**
	 * How long a request may take: one that is not answered must end within the outage.
	 */
	String requestTimeout() {
		return (this == SILENT) ? "1s" : "30s";
	}

	String message(String tokenEndpoint) {
		return this.message.formatted(tokenEndpoint);
	}

}
