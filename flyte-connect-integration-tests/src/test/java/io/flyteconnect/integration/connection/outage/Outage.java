package io.flyteconnect.integration.connection.outage;

/**
 * The ways in which a token endpoint is down, and what callers are told of each.
 */
enum Outage {

	UNAVAILABLE("HTTP 503 temporarily_unavailable: restarting (%s)") {

		@Override
		void begin(Storm storm, Gate gate) {
			storm.provider()
				.failNext(Storm.CALLERS, 503,
						"{\"error\":\"temporarily_unavailable\",\"error_description\":\"restarting\"}");
		}

	},

	REFUSED("POST %s: cannot connect to the server (") {

		@Override
		void begin(Storm storm, Gate gate) {
			gate.shut();
		}

	},

	SILENT("POST %s: no complete answer within 1000 ms") {

		@Override
		void begin(Storm storm, Gate gate) {
			gate.swallow();
		}

	};

	private final String message;

	Outage(String message) {
		this.message = message;
	}

	abstract void begin(Storm storm, Gate gate);

	void end(Storm storm, Gate gate) {
		storm.provider().reset();
		gate.open();
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
