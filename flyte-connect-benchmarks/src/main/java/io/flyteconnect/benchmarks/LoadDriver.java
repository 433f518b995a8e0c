package io.flyteconnect.benchmarks;

/**
 * Runs one mode from hello to done.
 */
class LoadDriver {

	private final LoadReport report;

	LoadDriver(LoadReport report) {
		this.report = report;
	}

	/**
	 * Run what the flags ask for.
	 * @param args the flags
	 * @return the exit code: 0, or 1 if the driver had to give up
	 */
	int run(String... args) {
		this.report.hello();
		try {
			LoadOptions options = LoadOptions.parse(args);
			Samples samples = new Samples();
			LoadMode.of(options.mode()).run(options, this.report, samples);
			samples.write(options.samples());
			this.report.done();
			return 0;
		}
		catch (Exception ex) {
			this.report.error(ex.toString());
			return 1;
		}
	}

}
