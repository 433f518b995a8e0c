package io.flyteconnect.integration.fault.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The threads that there are, by their names.
 */
final class SoakThreads {

	private SoakThreads() {
	}

	static List<String> now() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	/**
	 * Count threads whose names differ in their numbers only.
	 */
	static Map<String, Long> byName(List<String> threads) {
		return threads.stream()
			.map((name) -> name.replaceAll("\\d+", "#"))
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
	}

}
