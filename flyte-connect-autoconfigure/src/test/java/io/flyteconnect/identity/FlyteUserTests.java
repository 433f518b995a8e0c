package io.flyteconnect.identity;

import java.util.Arrays;
import java.util.Map;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import flyteidl.service.Identity.UserInfoResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FlyteUserTests {

	@Test
	void whenServerSaysEverythingThenItIsThere() {
		FlyteUser user = FlyteUser.fromIdl(UserInfoResponse.newBuilder()
			.setSubject("subject")
			.setName("Ada Lovelace")
			.setPreferredUsername("ada")
			.setGivenName("Ada")
			.setFamilyName("Lovelace")
			.setEmail("ada@example.com")
			.setPicture("https://example.com/ada.png")
			.build());
		assertThat(user).isEqualTo(new FlyteUser("subject", "Ada Lovelace", "ada", "Ada", "Lovelace", "ada@example.com",
				"https://example.com/ada.png", Map.of()));
		assertThat(user).hasToString("FlyteUser[subject=subject, name=Ada Lovelace, preferredUsername=ada,"
				+ " givenName=Ada, familyName=Lovelace, email=ada@example.com,"
				+ " picture=https://example.com/ada.png, additionalClaims={}]");
	}

	@Test
	void whenServerSaysNothingThenAllButTheSubjectIsNull() {
		assertThat(FlyteUser.fromIdl(UserInfoResponse.getDefaultInstance()))
			.isEqualTo(new FlyteUser("", null, null, null, null, null, null, Map.of()));
	}

	@Test
	void whenThereAreOtherClaimsThenTheyArePlainValues() {
		Struct nested = Struct.newBuilder().putFields("b", Value.newBuilder().setBoolValue(true).build()).build();
		ListValue list = ListValue.newBuilder()
			.addValues(Value.newBuilder().setStringValue("x"))
			.addValues(Value.newBuilder().setNullValue(NullValue.NULL_VALUE))
			.build();
		Struct claims = Struct.newBuilder()
			.putFields("text", Value.newBuilder().setStringValue("t").build())
			.putFields("number", Value.newBuilder().setNumberValue(1.5).build())
			.putFields("null", Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
			.putFields("unset", Value.getDefaultInstance())
			.putFields("map", Value.newBuilder().setStructValue(nested).build())
			.putFields("list", Value.newBuilder().setListValue(list).build())
			.build();
		FlyteUser user = FlyteUser.fromIdl(UserInfoResponse.newBuilder().setAdditionalClaims(claims).build());
		assertThat(user.additionalClaims()).hasSize(6)
			.containsEntry("text", "t")
			.containsEntry("number", 1.5)
			.containsEntry("null", null)
			.containsEntry("unset", null)
			.containsEntry("map", Map.of("b", true))
			.containsEntry("list", Arrays.asList("x", null));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> user.additionalClaims().remove("text"));
	}

}
