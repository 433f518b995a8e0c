package io.flyteconnect.test.admin;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.fuzz.Attempt;
import io.flyteconnect.fuzz.Input;

/**
 * Requests to the test server for a page of a list.
 */
public final class ListRequestFuzz {

	private static final Columns<Execution> COLUMNS = ExecutionColumns.create();

	private static final List<Execution> ALL = new ArrayList<>();

	static {
		for (int i = 0; i < 5; i++) {
			Execution.Builder execution = Execution.newBuilder();
			execution.getIdBuilder().setProject("flytesnacks").setDomain("development").setName("e" + i);
			execution.getClosureBuilder().setPhaseValue(i);
			execution.getClosureBuilder().getCreatedAtBuilder().setSeconds(1_700_000_000L + i);
			execution.getSpecBuilder()
				.getLaunchPlanBuilder()
				.setName("wf" + i)
				.setResourceType((i == 2) ? ResourceType.TASK : ResourceType.LAUNCH_PLAN);
			if (i % 2 == 0) {
				execution.getClosureBuilder().getStartedAtBuilder().setSeconds(1_700_000_001L + i);
				execution.getClosureBuilder().getDurationBuilder().setSeconds(10 * i);
			}
			ALL.add(execution.build());
		}
	}

	private ListRequestFuzz() {
	}

	/** The lines are the paging token, the key to sort by, and the filters. */
	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String[] lines = input.lines(3);
		int limit = (input.choice() & 15) - 2;
		Sort sort = lines[1].isEmpty() ? null
				: Sort.newBuilder().setKey(lines[1]).setDirectionValue(input.choice() >> 4 & 3).build();
		Listing.Page<Execution> page = page(limit, lines[0], lines[2], sort);
		if (page == null) {
			return;
		}
		Attempt.require(limit <= 0 || page.entries().size() <= limit, "The page is too long");
		Listing.Page<Execution> all = page(0, "", lines[2], sort);
		List<Execution> turned = new ArrayList<>();
		for (Listing.Page<Execution> next = page(2, "", lines[2], sort);; next = page(2, next.token(), lines[2],
				sort)) {
			turned.addAll(next.entries());
			if (next.token().isEmpty()) {
				break;
			}
		}
		Attempt.require(turned.equals(all.entries()), "The pages together are not the list");
		Attempt.require(all.entries().containsAll(page.entries()), "The page has what the list has not");
	}

	private static Listing.Page<Execution> page(int limit, String token, String filters, Sort sort) {
		return Attempt.strict().read(() -> {
			try {
				return new Listing("ListExecutions", limit, token, filters, sort).of(ALL, COLUMNS);
			}
			catch (StatusRuntimeException ex) {
				Attempt.require(ex.getStatus().getCode() == Status.Code.INVALID_ARGUMENT,
						"It ends with " + ex.getStatus());
				throw new IllegalArgumentException("refused");
			}
		}, IllegalArgumentException.class);
	}

}
